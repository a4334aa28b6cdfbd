import { describe, expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

const month = ["2026-03-01", "2026-03-31"] as const;

describe("knowledge-contributions", () => {
  const article = (kind: string, articleId: string, day: string, more: object = {}) => ({
    type: `article.${kind}`,
    articleId,
    occurredAt: `2026-03-${day}T10:00:00Z`,
    ...more,
  });

  it("are articles created and improved, and how often articles were used and resolved a case", () => {
    const counted = new Counted([
      article("written", "a", "10", { agent: "ann" }),
      article("written", "a", "02", { agent: "bob" }),
      article("written", "b", "03", { agent: "ann" }),
      article("used", "a", "04", { ticketId: "t1" }),
      article("used", "a", "04", { ticketId: "t2", resolved: true }),
      article("used", "a", "05", { ticketId: "t3", resolved: false }),
      article("used", "b", "05"),
      article("used", "nobody wrote it", "05", { ticketId: "t4" }),
    ]);
    expect(counted.measure("knowledge-contributions", ...month)).toMatchObject({
      value: 3,
      components: { created: 2, improved: 1, used: 4, resolvedCases: 2 },
    });
  });

  it("are the cases that articles resolved, where that is asked for", () => {
    const counted = new Counted([
      article("written", "a", "02"),
      article("used", "a", "04", { ticketId: "t1" }),
      article("used", "a", "05", { ticketId: "t2" }),
    ]);
    const measure = (convention: string) =>
      counted.measure("knowledge-contributions", ...month, { convention });
    expect(measure("written")).toMatchObject({ value: 1, n: 1 });
    expect(measure("resolved")).toMatchObject({ value: 2, n: 2, method: "resolved" });
  });
});
