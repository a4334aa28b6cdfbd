import { fileURLToPath } from "node:url";

/**
 * `npm start`: gives this process to the local cloud (`local.ts`), with settings that only a new program can take. Both save memory, which all
 * threads share: V8's young generation of the main thread has 4 MB a part, and the C library keeps two areas for all threads instead of up
 * to eight a core (elsewhere than on Linux it does not read the variable).
 */

const program = fileURLToPath(new URL("local.ts", import.meta.url));

// Windows cannot give a process away: there the local cloud takes more memory.
if (process.platform === "win32" || process.execve === undefined) await import("./local.ts");
else
  process.execve(
    process.execPath,
    [process.execPath, "--max-semi-space-size=4", program, ...process.argv.slice(2)],
    { MALLOC_ARENA_MAX: "2", ...process.env },
  );
