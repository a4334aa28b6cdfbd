import { fileURLToPath } from "node:url";

/**
 * `npm start`: gives this process to the local cloud (`local.ts`), with settings that only a new program can take. They are about memory, which all
 * threads share: V8's young generation of the main thread has 4 MB a part. The C library keeps two areas for all threads instead of up
 * to eight a core, and gives pieces of 128 KB and more back at once; by itself it would keep larger and larger ones. (Elsewhere than on Linux
 * it does not read these variables.)
 */

const program = fileURLToPath(new URL("local.ts", import.meta.url));

// Windows cannot give a process away: there the local cloud takes more memory.
if (process.platform === "win32" || process.execve === undefined) await import("./local.ts");
else
  process.execve(
    process.execPath,
    [process.execPath, "--max-semi-space-size=4", program, ...process.argv.slice(2)],
    {
      ...{ MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: "131072", MALLOC_TRIM_THRESHOLD_: "131072" },
      ...process.env,
    },
  );
