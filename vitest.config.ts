import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // No test measures time: these only end what hangs, also on a machine that is busy with something else.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // For two cores: each waits for a third of its time, for timers and for what it started.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        // Pure code has nothing that one file could leave to the next: what they share is loaded once.
        test: { name: "unit", include: ["test/unit/**/*.test.ts"], isolate: false },
      },
      {
        extends: true,
        test: {
          name: "cloud",
          include: ["test/integration/**/*.test.ts", "test/infrastructure/**/*.test.ts"],
          setupFiles: ["test/fixtures/watch-requests.ts"],
        },
      },
    ],
  },
});
