import { expect, it } from "vitest";
import { storedFactAttributes } from "../../../../lib/store/records/facts.ts";
import { tableSchema } from "../../../../lib/store/table/keys.ts";

it("the index by time holds all that is stored of a fact, but for the log of its exclusions", () => {
  const [timeline] = tableSchema.indexes;
  expect([...timeline.attributes, "audit"].sort()).toEqual([...storedFactAttributes].sort());
});
