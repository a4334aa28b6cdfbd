import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayFromNumber, dayNumber } from "../../../../lib/domain/calendar/days.ts";
import type { EnrichedFact } from "../../../../lib/domain/entities/enriched-fact.ts";
import type { Occurrence } from "../../../../lib/domain/entities/occurrences/occurrence.ts";
import { type TicketHistory, type TicketStep, ticket } from "../../../../lib/domain/entities/ticket.ts";

const firstDay = dayNumber("2026-03-01");
const millisecondsPerDay = 86_400_000;

/** A fact of one ticket: what happened, and when, in milliseconds since the first day. */
interface Happening {
  readonly kind: Exclude<TicketStep, "rated">;
  readonly at: number;
  readonly contacts?: number;
}

function placed({ kind, at, contacts }: Happening, id: string): EnrichedFact {
  const occurredAt = firstDay * millisecondsPerDay + at;
  const base = { id, occurredAt, ticketId: "t", dimensions: {} };
  const fact =
    kind === "resolved"
      ? { ...base, type: "ticket.resolved" as const, ...(contacts === undefined ? {} : { contacts }) }
      : { ...base, type: `ticket.${kind}` as const };
  const day = dayFromNumber(Math.floor(occurredAt / millisecondsPerDay));
  return { fact, day, segments: { category: `${kind}-${id}` } };
}

function derive(facts: readonly EnrichedFact[]): Occurrence[] {
  const history = facts.reduce<TicketHistory>((known, fact) => ticket.apply(known, fact), ticket.unknown);
  return ticket.derive(history, { timeZone: "UTC" });
}

const moments = fc.constantFrom(
  0,
  1,
  5_000,
  3 * millisecondsPerDay,
  8 * millisecondsPerDay,
  9 * millisecondsPerDay,
);
const happenings = fc.array(
  fc.record({
    kind: fc.constantFrom<Happening["kind"]>("opened", "replied", "resolved", "resolved", "reopened"),
    at: moments,
  }),
  { maxLength: 12 },
);

/** The life of a ticket, happening after happening, with nothing in common with the product's code. */
function simulate(facts: readonly Happening[]) {
  const openings = facts.filter(({ kind }) => kind === "opened").map(({ at }) => at);
  if (openings.length === 0) return [];
  const opened = Math.min(...openings);
  const said = new Set(facts.filter(({ at }) => at >= opened).map(({ kind, at }) => `${kind} ${at}`));
  const instants = [...new Set(facts.map(({ at }) => at))].sort((a, b) => a - b);
  const resolutions: number[] = [];
  let isOpen = true;
  for (const at of instants) {
    const open = () => {
      if (said.delete(`reopened ${at}`)) isOpen = true;
    };
    const resolve = () => {
      if (said.has(`resolved ${at}`) && isOpen) {
        resolutions.push(at);
        isOpen = false;
      }
    };
    if (isOpen) {
      resolve();
      open();
    } else {
      open();
      resolve();
    }
  }
  const [first] = resolutions;
  const lines = ["opened 0"];
  const replies = facts.filter(({ kind, at }) => kind === "replied" && at >= opened).map(({ at }) => at);
  if (replies.length > 0) lines.push(`replied ${Math.min(...replies) - opened}`);
  if (first === undefined) return lines;
  const reopenings = facts.filter(({ kind, at }) => kind === "reopened" && at >= first).map(({ at }) => at);
  const day = (at: number) => Math.floor(at / millisecondsPerDay);
  const isBack = reopenings.some((at) => day(at) <= day(first) + 7);
  const contact = !isBack && new Set(replies.filter((at) => at <= first)).size <= 1 ? "at once" : "later";
  const last = resolutions.at(-1);
  if (!isOpen && resolutions.length === 1) lines.push(`once ${first - opened} ${contact}`);
  else {
    lines.push(`first ${first - opened} ${contact}`);
    if (!isOpen && last !== undefined) lines.push(`last ${last - opened} later`);
  }
  return lines;
}

function written(occurrence: Occurrence): string {
  if (occurrence.kind === "contact-opened") return "opened 0";
  if (occurrence.kind === "first-replied") return `replied ${occurrence.milliseconds}`;
  if (occurrence.kind !== "case-resolved") return occurrence.kind;
  const { resolution, milliseconds, onFirstContact } = occurrence;
  return `${resolution} ${milliseconds} ${onFirstContact ? "at once" : "later"}`;
}

describe("a ticket", () => {
  it("is opened, replied to and resolved as a simulation says", () => {
    fc.assert(
      fc.property(happenings, (facts) => {
        const derived = derive(facts.map((fact, index) => placed(fact, `f${index}`)));
        expect(derived.map(written)).toEqual(simulate(facts));
      }),
      { numRuns: 3000 },
    );
  });

  it("is the same whatever the order in which its facts arrive", () => {
    const shuffled = happenings.chain((facts) => {
      const all = facts.map((fact, index) => placed(fact, `f${index}`));
      return fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
      );
    });
    fc.assert(
      fc.property(shuffled, ([inOrder, mixed]) => {
        expect(derive(mixed)).toEqual(derive(inOrder));
      }),
      { numRuns: 1000 },
    );
  });

  it("of which the opening has not arrived counts nowhere", () => {
    expect(
      derive([placed({ kind: "resolved", at: 5 }, "a"), placed({ kind: "replied", at: 1 }, "b")]),
    ).toEqual([]);
  });

  it("counts in the segments of its earliest opening, whatever its other events say", () => {
    const facts = [
      placed({ kind: "opened", at: 100 }, "again"),
      placed({ kind: "resolved", at: 500 }, "end"),
      placed({ kind: "opened", at: 50 }, "first"),
    ];
    expect(derive(facts).map(({ segments }) => segments)).toEqual([
      { category: "opened-first" },
      { category: "opened-first" },
    ]);
  });

  it("counts the hour of its opening in the workspace's time zone", () => {
    const history = ticket.apply(ticket.unknown, placed({ kind: "opened", at: 23.5 * 3_600_000 }, "a"));
    const hourIn = (timeZone: string) => ticket.derive(history, { timeZone })[0];
    expect(hourIn("UTC")).toMatchObject({ hour: 23 });
    expect(hourIn("Asia/Tokyo")).toMatchObject({ hour: 8 });
  });
});

describe("resolved on the first contact", () => {
  const day = millisecondsPerDay;
  const hour = day / 24;
  const isOnFirst = (...facts: Happening[]) =>
    derive([{ kind: "opened" as const, at: 0 }, ...facts].map((fact, index) => placed(fact, `f${index}`)))
      .filter((occurrence) => occurrence.kind === "case-resolved")
      .map(({ onFirstContact }) => onFirstContact);

  it("is what the sender says, else at most one reply before it", () => {
    expect(isOnFirst({ kind: "resolved", at: 9, contacts: 1 })).toEqual([true]);
    expect(isOnFirst({ kind: "resolved", at: 9, contacts: 2 })).toEqual([false]);
    const replies = [1, 2].map((at) => ({ kind: "replied" as const, at }));
    expect(isOnFirst(...replies, { kind: "resolved", at: 9 })).toEqual([false]);
    expect(isOnFirst(...replies, { kind: "resolved", at: 9, contacts: 1 })).toEqual([true]);
    expect(isOnFirst(...replies, { kind: "resolved", at: 1 })).toEqual([true]);
  });

  it("is taken back by a reopening up to the seventh day after, and no later", () => {
    const resolved = { kind: "resolved" as const, at: 0.5 * day, contacts: 1 };
    expect(isOnFirst(resolved, { kind: "reopened", at: 8 * day - 1 })).toEqual([false]);
    expect(isOnFirst(resolved, { kind: "reopened", at: 8 * day })).toEqual([true]);
  });

  it("is not taken back by a reopening of what was not resolved yet, in whatever order they arrive", () => {
    const early = { kind: "reopened" as const, at: 1 * hour };
    const resolved = { kind: "resolved" as const, at: 2 * hour, contacts: 1 };
    expect(isOnFirst(early, resolved)).toEqual([true]);
    expect(isOnFirst(resolved, early)).toEqual([true]);
    expect(isOnFirst(resolved, { kind: "reopened", at: resolved.at })).toEqual([false]);
    const back = { kind: "reopened" as const, at: 3 * hour };
    expect(isOnFirst(back, resolved, early)).toEqual([false]);
  });

  it("is never true of the resolution after a reopening", () => {
    const resolved = { kind: "resolved" as const, at: 0, contacts: 1 };
    const again = { kind: "resolved" as const, at: 21 * day, contacts: 1 };
    expect(isOnFirst(resolved, { kind: "reopened", at: 20 * day }, again)).toEqual([true, false]);
  });
});
