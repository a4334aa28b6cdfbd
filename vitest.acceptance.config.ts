import { defineConfig } from "vitest/config";

/** The acceptance runs: real data over HTTP against the local cloud. */
export default defineConfig({
  test: {
    include: ["test/acceptance/**/*.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
