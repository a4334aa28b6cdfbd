import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// The workers, and the programs that tests start, take what was compiled before.
process.env["NODE_COMPILE_CACHE"] ??= fileURLToPath(new URL(".cache/compiled", import.meta.url));

const cloudTests = "test/integration/**/*.test.ts";

/** The files that share a cloud with others, as they say by asking for it. */
const sharing = globSync(cloudTests).filter((file) => readFileSync(file, "utf8").includes("sharedCloud()"));

export default defineConfig({
  test: {
    // No test measures time: these only end what hangs, also on a machine that is busy with something else.
    testTimeout: 600_000,
    hookTimeout: 300_000,
    // For two cores: each waits for a third of its time or more, for timers and for what it started.
    maxWorkers: 4,
    // More threads than cores only get into each other's way.
    execArgv: ["--single-threaded-gc"],
    // The indexes of the local engines are never behind: nothing has to wait for them.
    env: { INDEX_SETTLING_MILLISECONDS: "0", SETTINGS_REMEMBERED_MILLISECONDS: "0" },
    projects: [
      {
        extends: true,
        // Pure code has nothing that one file could leave to the next: what they share is loaded once.
        test: { name: "unit", include: ["test/unit/**/*.test.ts"], isolate: false },
      },
      {
        extends: true,
        // The template is synthesized once a worker.
        test: { name: "infrastructure", include: ["test/infrastructure/**/*.test.ts"], isolate: false },
      },
      {
        extends: true,
        // Each has workspaces of its own in the one cloud of its worker.
        test: {
          name: "shared cloud",
          include: sharing,
          setupFiles: ["test/fixtures/watch-requests.ts"],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "cloud",
          include: [cloudTests],
          exclude: sharing,
          setupFiles: ["test/fixtures/watch-requests.ts"],
          // Each file starts clouds and engines of its own: what they share is loaded once a worker.
          isolate: false,
        },
      },
    ],
  },
});
