import { dayFromNumber } from "../calendar/days.ts";
import { defineEntity } from "./entity.ts";
import type { Step } from "./history.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";

/** An article of the knowledge base: when it was first written, and on which days it was used. */
export const article = defineEntity({
  name: "article",
  idField: "articleId",
  facts: ["article.written", "article.used"],
  steps: {
    written: { code: "w", instant: true },
    used: { code: "u" },
    resolved: { code: "r" },
  },
  origins: ["written"],
  place({ fact }) {
    switch (fact.type) {
      case "article.written":
        return { id: fact.articleId, kind: "written", rank: 1 };
      case "article.used": {
        const { articleId, ticketId, resolved = ticketId !== undefined } = fact;
        return { id: articleId, kind: resolved ? "resolved" : "used" };
      }
      default:
        return undefined;
    }
  },
  dependencies: () => ({}),
  derive({ steps, origin }): Occurrence[] {
    const [created] = steps.written;
    // Nobody knows yet whom to credit.
    if (!created || !origin) return [];
    const { segments } = origin;
    const each = (kind: "article-used" | "article-resolved", uses: readonly Step[]) =>
      uses.map(({ day, times }): Occurrence => ({ kind, day: dayFromNumber(day), segments, times }));
    return [
      { kind: "article-created", day: dayFromNumber(created.day), segments, times: 1 },
      ...each("article-used", [...steps.used, ...steps.resolved]),
      ...each("article-resolved", steps.resolved),
    ];
  },
});
