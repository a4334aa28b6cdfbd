import fc from "fast-check";
import { expect, it } from "vitest";
import { readCustomerDays, writeCustomerDays } from "../../../../lib/domain/archive/customer-days.ts";
import { customerDaysOf } from "../../../../lib/domain/entities/customer-days.ts";
import { archivedCustomerDay, customerDayOf } from "../../../../lib/store/files/customer-days.ts";
import { archivedFactArbitrary } from "../../../fixtures/archive.ts";

/** Facts condensed to a row for each customer and day, and these rows in files. */

it("rows are the same whatever the order of the facts, and come back from a file as they were", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(archivedFactArbitrary, { maxLength: 30 }), async (facts) => {
      const named = facts.map((stored, index) => {
        const fact = { ...stored.fact, id: `f-${index}` };
        // Few customers, so that several facts are of the same one.
        const own = fact.customerId === undefined ? {} : { customerId: `c-${index % 3}` };
        return { ...stored, fact: { ...fact, ...own } as typeof stored.fact };
      });
      const rows = customerDaysOf("2024-02-20", named);
      expect(customerDaysOf("2024-02-20", [...named].reverse())).toEqual(rows);
      const file = writeCustomerDays(rows.map(archivedCustomerDay));
      expect((await readCustomerDays(file)).map(customerDayOf)).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

it("facts that name nobody or do not count are in no row", () => {
  const [stored] = fc.sample(archivedFactArbitrary, { numRuns: 1, seed: 1 });
  if (!stored) throw new Error("nothing was drawn");
  const { customerId: _, ...nameless } = stored.fact;
  const named = { ...stored.fact, customerId: "c" } as typeof stored.fact;
  expect(customerDaysOf("2024-02-20", [{ ...stored, fact: nameless as typeof stored.fact }])).toEqual([]);
  expect(customerDaysOf("2024-02-20", [{ ...stored, fact: named, excluded: true }])).toEqual([]);
  expect(customerDaysOf("2024-02-20", [{ ...stored, fact: named, excluded: false }])).toHaveLength(1);
});
