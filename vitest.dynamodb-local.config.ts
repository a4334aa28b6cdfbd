import { defineConfig } from "vitest/config";

/** The integration tests on AWS's DynamoDB Local. */
export default defineConfig({
  test: {
    include: ["test/integration/**/*.test.ts", "test/proofs/**/*.test.ts"],
    exclude: [
      // About the embedded engine and the local cloud themselves, or without any engine.
      "test/integration/local/**",
      "test/integration/import/**",
      // DynamoDB Local counts request units in its own way …
      "test/integration/store/capacity.test.ts",
      "test/proofs/store/packed-year.test.ts",
      "test/integration/queries/cost.test.ts",
      // … and can lose its last commits when it is killed.
      "test/proofs/api/outages.test.ts",
    ],
    // Its indexes are never behind.
    env: { INDEX_SETTLING_MILLISECONDS: "0", SETTINGS_REMEMBERED_MILLISECONDS: "0" },
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
