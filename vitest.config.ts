import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/acceptance/**"],
    setupFiles: ["test/fixtures/watch-requests.ts"],
    // No test measures time: these only end what hangs, also on a machine that is busy with something else.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Two cores: more processes only wait for each other.
    maxWorkers: 2,
  },
});
