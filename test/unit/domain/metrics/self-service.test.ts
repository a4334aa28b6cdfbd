import { expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

const at = (instant: string) => ({ occurredAt: `2026-${instant}Z` });

it("self-service is solved where nobody gets in touch up to 7 days later: a day of searching and reading is one session", () => {
  const read = (customerId: string, instant: string, more: object = {}) => ({
    ...{ type: "article.used", articleId: "a", customerId, ...at(instant), ...more },
  });
  const search = (customerId: string, instant: string) => ({
    ...{ type: "article.searched", keyword: "returns", customerId, ...at(instant) },
  });
  const ticket = (customerId: string, instant: string) => ({
    ...{ type: "ticket.opened", ticketId: customerId, customerId, ...at(instant) },
  });
  const counted = new Counted([
    ...[search("solved", "03-02T10:00:00"), read("solved", "03-02T10:05:00")],
    ...[read("too late", "03-02T10:00:00"), ticket("too late", "03-10T00:00:00")],
    ...[search("in vain", "03-02T10:00:00"), ticket("in vain", "03-09T23:59:59")],
    // Asked first, and read then.
    ...[ticket("after", "03-02T09:00:00"), search("after", "03-02T10:00:00")],
    // An agent used it for a case; nobody knows who searched.
    read("for a case", "03-02T10:00:00", { ticketId: "t" }),
    { type: "article.searched", ...at("03-02T10:00:00") },
  ]);
  expect(counted.measure("self-service", "2026-03-01", "2026-03-31")).toMatchObject({
    ...{ value: 75, n: 4, components: { sessions: 4, solved: 3, contacted: 1 } },
  });
});
