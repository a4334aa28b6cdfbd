import { defineConfig } from "vitest/config";

/**
 * The long proofs: what holds for histories drawn at random, at amounts that take a while, under faults and interruptions.
 * Each is a guarantee like any test; together they take too long to run with every change.
 */
export default defineConfig({
  test: {
    include: ["test/proofs/**/*.test.ts"],
    // No test measures time: these only end what hangs, also on a machine that is busy with something else.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Each file starts clouds and engines of its own: what they share is loaded once a worker.
    isolate: false,
    maxWorkers: 4,
    execArgv: ["--single-threaded-gc"],
    // The indexes of the local engines are never behind: nothing has to wait for them.
    env: { INDEX_SETTLING_MILLISECONDS: "0", SETTINGS_REMEMBERED_MILLISECONDS: "0" },
    setupFiles: ["test/fixtures/watch-requests.ts"],
  },
});
