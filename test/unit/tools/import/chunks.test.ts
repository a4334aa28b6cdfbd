import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Chunk, type ChunkLimits, chunksOf, unmadeFacts } from "../../../../lib/tools/import/chunks.ts";
import type { CompiledMapping } from "../../../../lib/tools/import/compile.ts";
import type { Destination } from "../../../../lib/tools/import/make.ts";
import type { Row } from "../../../../lib/tools/import/scope.ts";
import { bodyOf } from "../../../../packages/client/src/post.ts";

interface Plan {
  readonly responses: number;
  readonly events: number;
  readonly size: number;
}

/** A mapping that makes of each row what a plan says. */
function planned(plans: readonly Plan[]): CompiledMapping {
  const factsOf = (to: Destination, count: number, row: Row, size: number) =>
    Array.from({ length: count }, (_, index) => {
      const id = `${to}-${row.number}-${index}`;
      return { name: to, to, id, fields: { id, comment: "é".repeat(size) } };
    });
  return {
    names: ["responses", "events"],
    make(row) {
      const plan = plans[row.index] ?? { responses: 0, events: 0, size: 0 };
      const facts = [
        ...factsOf("responses", plan.responses, row, plan.size),
        ...factsOf("events", plan.events, row, plan.size),
      ];
      return facts.length > 0 ? { facts, problems: [] } : { facts, problems: [], skipped: "nothing" };
    },
  };
}

async function* rowsOf(count: number): AsyncGenerator<Row> {
  for (let index = 0; index < count; index += 1) yield { number: index + 2, index, cells: [] };
}

async function gather(plans: readonly Plan[], limits: ChunkLimits): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const chunk of chunksOf(rowsOf(plans.length), planned(plans), limits, () => 0))
    chunks.push(chunk);
  return chunks;
}

const one: Plan = { responses: 1, events: 0, size: 1 };

describe("chunks", () => {
  it("hold as many facts as a request may", async () => {
    const chunks = await gather(
      Array.from({ length: 1201 }, () => one),
      { facts: 500, bytes: 1_000_000 },
    );
    expect(chunks.map(({ batches }) => batches.map(({ facts }) => facts.length))).toEqual([
      [500],
      [500],
      [201],
    ]);
    expect(chunks.map(({ lastRow }) => lastRow)).toEqual([501, 1001, 1202]);
  });

  it("keep a row's facts together", async () => {
    const plans = Array.from({ length: 4 }, () => ({ responses: 2, events: 0, size: 1 }));
    const chunks = await gather(plans, { facts: 3, bytes: 1_000_000 });
    expect(chunks.map(({ batches }) => batches.map(({ facts }) => facts.length))).toEqual([
      [2],
      [2],
      [2],
      [2],
    ]);
  });

  it("split a row that makes more facts than a request may hold", async () => {
    const [chunk] = await gather([{ responses: 5, events: 1, size: 1 }], { facts: 2, bytes: 1_000_000 });
    expect(chunk?.batches.map(({ to, facts }) => [to, facts.length])).toEqual([
      ["responses", 2],
      ["responses", 2],
      ["responses", 1],
      ["events", 1],
    ]);
  });

  it("end now and then though no row makes a fact", async () => {
    const chunks = await gather(
      Array.from({ length: 12_000 }, () => ({ ...one, responses: 0 })),
      { facts: 500, bytes: 1000 },
    );
    expect(chunks.map(({ rows, skipped }) => [rows, skipped.get("nothing")])).toEqual([
      [5000, 5000],
      [5000, 5000],
      [2000, 2000],
    ]);
  });

  it("refuse a fact that is larger than any request", async () => {
    const [chunk] = await gather([{ responses: 2, events: 0, size: 600 }], { facts: 500, bytes: 1000 });
    expect(chunk?.batches).toEqual([]);
    expect(chunk?.problems[0]?.problem.detail).toBe("is larger than a request may be");
    expect(chunk && unmadeFacts(chunk)).toBe(1);
  });

  it("hold every row's facts once, in order, within both limits", async () => {
    const plan = fc.record({ responses: fc.nat(3), events: fc.nat(3), size: fc.nat(60) });
    const limits = fc.record({
      facts: fc.integer({ min: 1, max: 9 }),
      bytes: fc.integer({ min: 250, max: 900 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(plan, { maxLength: 40 }), limits, async (plans, most) => {
        const chunks = await gather(plans, most);
        const batches = chunks.flatMap((chunk) => chunk.batches);
        for (const batch of batches) {
          expect(batch.facts.length).toBeLessThanOrEqual(most.facts);
          expect(
            Buffer.byteLength(
              bodyOf(
                batch.to,
                batch.facts.map(({ json }) => json),
              ),
            ),
          ).toBeLessThanOrEqual(most.bytes);
          expect(
            JSON.parse(
              bodyOf(
                batch.to,
                batch.facts.map(({ json }) => json),
              ),
            )[batch.to],
          ).toHaveLength(batch.facts.length);
        }
        for (const to of ["responses", "events"] as const) {
          const sent = batches.flatMap((batch) =>
            batch.to === to ? batch.facts.map(({ fact }) => fact.id) : [],
          );
          const expected = plans.flatMap((each, row) =>
            Array.from({ length: each[to] }, (_, index) => `${to}-${row + 2}-${index}`),
          );
          expect(sent).toEqual(expected);
        }
        expect(chunks.reduce((sum, { rows }) => sum + rows, 0)).toBe(plans.length);
      }),
    );
  });
});
