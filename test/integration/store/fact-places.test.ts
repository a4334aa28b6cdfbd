import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entityNamed } from "../../../lib/domain/entities/registry.ts";
import type { Workspace } from "../../../lib/domain/workspace/settings.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { readAllEntities } from "../../../lib/store/records/bulk.ts";
import { listEntities } from "../../../lib/store/records/entity-lists.ts";
import { type FactPlace, listByTime, searchByTime } from "../../../lib/store/records/fact-places.ts";
import { createWorkspace, readWorkspace } from "../../../lib/store/settings/workspaces.ts";
import { PassedOver } from "../../../lib/store/table/merged-queries.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { type MeteredTable, startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event, response } from "../../fixtures/facts.ts";

let engine: TestTable;
let table: MeteredTable;
let workspace: Workspace;

const soon = () => deadlineIn(60_000);
const first = Date.parse("2025-11-01T00:00:00Z");

/** 600 answers over 60 days and the end of a year, some at the same instant. */
const answers = Array.from({ length: 600 }, (_, index) => ({
  id: `answer-${index}`,
  ...(index % 3 === 0 ? { survey: "csat", score: 1 + (index % 5) } : { survey: "nps", score: index % 11 }),
  ...(index % 5 === 0 ? { comment: "It came late." } : {}),
  occurredAt: new Date(first + Math.floor(index / 3) * 3 * 8_640_000).toISOString(),
}));

beforeAll(async () => {
  engine = await startTestTable();
  table = engine.metered();
  await createWorkspace(table, "w");
  const created = await readWorkspace(table, "w");
  if (!created) throw new Error("the workspace is missing");
  workspace = created;
  for (let begin = 0; begin < answers.length; begin += 60) {
    const some = answers.slice(begin, begin + 60).map((one) => response(workspace, one));
    await recordFacts({ table, workspace, deadline: soon() }, some);
  }
});

afterAll(() => engine.stop());

const positions = answers
  .map(({ id, occurredAt }) => `${occurredAt.slice(0, 10)}#${occurredAt}#${id}`)
  .sort();

describe("the facts of a kind", () => {
  it("are listed in the order of time, from any position in either direction, however many are read at a time", async () => {
    const somewhere = fc.nat(positions.length - 1);
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.option(somewhere),
        fc.tuple(somewhere, somewhere),
        fc.constantFrom(1, 20, 150, 1_000),
        async (newestFirst, at, ends, expected) => {
          const [low, high] = ends.sort((a, b) => a - b);
          const [from, to] = [low, high].map((end) => (positions[end ?? 0] ?? "").slice(0, 10));
          const after = at === null ? undefined : positions[at];
          const within = positions.filter(
            (position) =>
              position.slice(0, 10) >= (from ?? "") &&
              position.slice(0, 10) <= (to ?? "") &&
              (after === undefined || (newestFirst ? position < after : position > after)),
          );
          const range = { from: from ?? "", to: to ?? "" };
          const listing = { newestFirst, expected, after };
          const listed: FactPlace[] = [];
          for await (const place of listByTime(table, "w", "responses", range, listing)) listed.push(place);
          expect(listed.map(({ position }) => position)).toEqual(newestFirst ? within.reverse() : within);
          expect(listed.every(({ id, position }) => position.endsWith(`#${id}`))).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each([
    [{ surveys: ["csat"] as const }, (index: number) => index % 3 === 0],
    [{ hasComment: true }, (index: number) => index % 5 === 0],
    [{ surveys: ["nps"] as const, hasComment: true }, (index: number) => index % 3 !== 0 && index % 5 === 0],
    [{ surveys: ["ces"] as const }, () => false],
  ])(
    "are found by what the table tells apart, and each of the others is counted once: %j",
    async (filter, isAskedFor) => {
      const wanted = positions.filter((position) => isAskedFor(Number(position.split("answer-")[1])));
      const range = { from: "2025-01-01", to: "2026-12-31" };
      for (const newestFirst of [true, false]) {
        for (const expected of [1, 50, 1_000]) {
          const found: string[] = [];
          let passedOver = 0;
          for await (const place of searchByTime(
            table,
            "w",
            "responses",
            range,
            { newestFirst, expected },
            filter,
          )) {
            if (place instanceof PassedOver) passedOver += place.count;
            else found.push(place.position);
          }
          expect(found).toEqual(newestFirst ? wanted.toReversed() : wanted);
          expect(passedOver).toBe(answers.length - wanted.length);
        }
      }
    },
  );

  it("that a filter passes over are not looked at again by who goes on after a pause", async () => {
    const range = { from: "2025-01-01", to: "2026-12-31" };
    const filter = { surveys: ["csat"] as const };
    const listing = { newestFirst: true, expected: 1 };
    const seen: string[] = [];
    let after: string | undefined;
    for (let turn = 0; turn < 1_000; turn += 1) {
      let pause: PassedOver | undefined;
      const list = searchByTime(table, "w", "responses", range, { ...listing, after }, filter);
      for await (const place of list) {
        if (!(place instanceof PassedOver)) seen.push(place.position);
        else if (place.isPause) {
          pause = place;
          break;
        }
      }
      if (!pause) break;
      after = pause.position;
    }
    expect(seen).toEqual(
      positions.filter((position) => Number(position.split("answer-")[1]) % 3 === 0).reverse(),
    );
  });

  it("cost at most half a read unit a partition where few are asked for, and no more for many years", async () => {
    const range = { from: "2000-01-01", to: "2026-12-31" };
    table.reset();
    const list = listByTime(table, "w", "responses", range, { newestFirst: true, expected: 50 });
    for (let count = 0; count < 50; count++) await list.next();
    expect(table.used.requests).toBeLessThanOrEqual(16);
    expect(table.used.readUnits).toBeLessThanOrEqual(8);
  });
});

it("the entities of a kind are listed once each, in pages and all at once", async () => {
  const ids = Array.from({ length: 300 }, (_, index) => `T ${index} \u{1F600}`);
  for (let begin = 0; begin < ids.length; begin += 30) {
    const opened = ids.slice(begin, begin + 30).map((ticketId) => {
      return event(workspace, { id: `opened-${ids.indexOf(ticketId)}`, type: "ticket.opened", ticketId });
    });
    await recordFacts({ table, workspace, deadline: soon() }, opened);
  }
  const ticket = entityNamed("ticket");
  const paged: string[] = [];
  let start: string | undefined;
  do {
    const page = await listEntities(table, "w", ticket, start);
    paged.push(...page.ids);
    start = page.next;
  } while (start !== undefined);
  const all = await readAllEntities(table, workspace, ticket, { most: 1_000, deadline: soon() });
  expect(paged.sort()).toEqual([...ids].sort());
  expect(all.map(({ id }) => id).sort()).toEqual([...ids].sort());
});
