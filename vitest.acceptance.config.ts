import { defineConfig } from "vitest/config";

/** Runs of their own: 20,000 facts under faults, kills, a year of real data in the files. */
const ownRuns = ["faults", "killed", "archive-killed", "archived"];

const isAsked = (name: string) => process.argv.some((argument) => argument.includes(`acceptance/${name}`));

/** The acceptance runs: real data over HTTP against the local cloud. */
export default defineConfig({
  test: {
    include: ["test/acceptance/**/*.test.ts"],
    exclude: ownRuns.filter((name) => !isAsked(name)).map((name) => `test/acceptance/${name}*.test.ts`),
    testTimeout: 600_000,
    hookTimeout: 600_000,
    setupFiles: ["test/fixtures/watch-requests.ts"],
    // Each starts a server of its own and waits for it most of the time.
    maxWorkers: 2,
  },
});
