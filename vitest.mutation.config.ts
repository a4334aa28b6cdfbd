import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { parts } from "./test/mutation/parts.ts";

const tests = parts[process.env["MUTATED"] ?? ""]?.tests ?? ["*"];

/** Always in the same order: a part's own tests, which notice most, come before those of what is built on it. */
class ByName extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => (one.moduleId < other.moduleId ? -1 : 1));
  }
}

export default defineConfig({
  test: {
    include: tests.map((folder) => `test/unit/${folder}/**/*.test.ts`),
    setupFiles: ["test/mutation/setup.ts"],
    sequence: { sequencer: ByName },
    // A mutant is run in one worker: what files share is loaded once.
    isolate: false,
    // What hangs is ended by StrykerJS.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
