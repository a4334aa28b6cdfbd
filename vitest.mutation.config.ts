import { configDefaults, defineConfig } from "vitest/config";
import { parts } from "./test/mutation/parts.ts";
import { QuickestFirst } from "./test/mutation/sequencer.ts";

const { tests, without = [] } = parts[process.env["MUTATED"] ?? ""] ?? { tests: ["unit"] };

export default defineConfig({
  test: {
    include: tests.map((place) => (place.endsWith(".ts") ? `test/${place}` : `test/${place}/**/*.test.ts`)),
    exclude: [...configDefaults.exclude, ...without.map((place) => `test/${place}`)],
    setupFiles: ["test/mutation/setup.ts"],
    sequence: { sequencer: QuickestFirst },
    // A mutant is run in one worker: what files share is loaded once.
    isolate: false,
    // What hangs is ended by StrykerJS.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
