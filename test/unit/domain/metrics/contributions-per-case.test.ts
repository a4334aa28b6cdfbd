import { expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

it("contributions-per-case holds what was written, and what articles resolved, against the contacts opened", () => {
  const at = { occurredAt: "2026-03-05T10:00:00Z" };
  const open = (ticketId: string) => ({ type: "ticket.opened", ticketId, ...at });
  const counted = new Counted([
    ...["t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8"].map(open),
    { type: "article.written", articleId: "a", ...at },
    ...["t1", "t2"].map((ticketId) => ({ type: "article.used", articleId: "a", ticketId, ...at })),
  ]);
  expect(counted.measure("contributions-per-case", "2026-03-01", "2026-03-31")).toMatchObject({
    ...{ value: 12.5, n: 8 },
    components: { contributions: 1, contacts: 8, resolvedCases: 2, resolvedPercent: 25 },
  });
});

it("contributions-per-case is compared by how much writing and contacts differ from day to day", () => {
  const days = ["02", "03", "04", "05", "06", "07", "08"].map((day) => `2026-03-${day}T10:00:00Z`);
  const counted = new Counted(
    days.flatMap((occurredAt, index) => [
      ...["x", "y"].map((ticket) => ({ type: "ticket.opened", ticketId: `${ticket}${index}`, occurredAt })),
      { type: "article.written", articleId: `a${index}`, occurredAt },
    ]),
  );
  const { value, sample } = counted.measure("contributions-per-case", "2026-03-02", "2026-03-08");
  // One for each two contacts on every day: by the number of contacts alone, 50²/14.
  expect(value).toBe(50);
  expect(sample).toMatchObject({ kind: "quotient", value: 50, variance: expect.closeTo(2500 / 14, 9) });
  expect(counted.measure("contributions-per-case", "2026-03-02", "2026-03-07").sample).toBeUndefined();
});
