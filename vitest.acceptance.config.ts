import { defineConfig } from "vitest/config";

/** The acceptance runs: real data over HTTP against the local cloud. */
export default defineConfig({
  test: {
    include: ["test/acceptance/**/*.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    setupFiles: ["test/fixtures/watch-requests.ts"],
    // Each starts a server of its own and waits for it most of the time.
    maxWorkers: 2,
  },
});
