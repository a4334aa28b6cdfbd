import { defineConfig } from "vitest/config";

/** The acceptance runs: real data over HTTP against the local cloud. */
export default defineConfig({
  test: {
    include: ["test/acceptance/**/*.test.ts"],
    // 20,000 facts under faults are a run of their own; the suite has a smaller one.
    exclude: process.argv.some((argument) => argument.includes("faults"))
      ? []
      : ["test/acceptance/faults.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    setupFiles: ["test/fixtures/watch-requests.ts"],
    // Each starts a server of its own and waits for it most of the time.
    maxWorkers: 2,
  },
});
