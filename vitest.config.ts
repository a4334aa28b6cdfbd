import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/acceptance/**"],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // Two cores: more processes only wait for each other.
    maxWorkers: 2,
  },
});
