import { describe, expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

const march = ["2026-03-01", "2026-03-31"] as const;

const at = (instant: string) => ({ occurredAt: `2026-${instant}Z` });

describe("complaints", () => {
  const bad = (customerId: string, instant: string, more: object = {}) => ({
    ...{ survey: "nps", score: 3, customerId, ...at(instant), ...more },
  });
  const ticket = (customerId: string, instant: string) => ({
    ...{ type: "ticket.opened", ticketId: `${customerId} ${instant}`, customerId, ...at(instant) },
  });

  it("are the unhappy who get in touch at once or up to 30 days later, by ticket or call: each once a day", () => {
    const counted = new Counted([
      bad("at once", "03-02T10:00:00"),
      bad("at once", "03-02T11:00:00", { survey: "csat", score: 1 }),
      ticket("at once", "03-02T10:00:00"),
      bad("on the last day", "03-02T10:00:00"),
      ticket("on the last day", "04-01T23:59:59"),
      bad("too late", "03-02T10:00:00"),
      ticket("too late", "04-02T00:00:00"),
      bad("before", "03-02T10:00:00"),
      ticket("before", "03-02T09:59:59"),
      bad("by phone", "03-02T10:00:00"),
      { type: "call.queued", callId: "c", customerId: "by phone", ...at("03-05T10:00:00") },
      bad("never", "03-02T10:00:00"),
    ]);
    expect(counted.measure("complaints", ...march)).toMatchObject({
      ...{ value: 50, n: 6, components: { unhappy: 6, contacted: 3, silent: 3 } },
    });
  });

  it.each([
    ["nps", {}, 6, 7],
    ["nps", { scale: "1-10" }, 6, 7],
    ["csat", {}, 2, 3],
    ["csat", { scale: "1-4" }, 2, 3],
    ["csat", { scale: "0-10" }, 4, 5],
    ["csat", { scale: "1-7" }, 3, 4],
    ["ces", {}, 3, 4],
    ["ces", { scale: "effort-1-5" }, 4, 3],
  ])("take a score of %s %j as bad up to %i, and not %i", (survey, more, worst, next) => {
    const of = (score: number) => [{ survey, score, customerId: "c", ...more, ...at("03-02T10:00:00") }];
    const n = (score: number) => new Counted(of(score)).measure("complaints", ...march).n;
    expect([n(worst), n(next)]).toEqual([1, 0]);
  });

  it("leave out answers of nobody who is known", () => {
    const answer = { survey: "nps", score: 0, ...at("03-02T10:00:00") };
    expect(new Counted([answer]).measure("complaints", ...march)).toMatchObject({ value: null, n: 0 });
  });
});
