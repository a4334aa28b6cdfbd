import { describe, expect, it } from "vitest";
import { article } from "../../../../lib/domain/entities/article.ts";
import { call } from "../../../../lib/domain/entities/call.ts";
import type { AnyEntity } from "../../../../lib/domain/entities/entity.ts";
import type { Occurrence } from "../../../../lib/domain/entities/occurrences/occurrence.ts";
import { placeFacts } from "../../../fixtures/domain.ts";

/** What follows from facts, each in a segment of its own that is named by the number of the fact. */
function derive(entity: AnyEntity, inputs: readonly object[]): Occurrence[] {
  const facts = placeFacts(inputs).map((fact, index) => ({ ...fact, segments: { fact: String(index) } }));
  return entity.derive(
    facts.reduce((known, fact) => entity.apply(known, fact), entity.unknown),
    {},
  );
}

const at = (day: string, hour = "12") => ({ occurredAt: `2026-10-${day}T${hour}:00:00Z` });

describe("a call", () => {
  const queued = { type: "call.queued", callId: "c", ...at("02", "23") };
  const abandoned = { type: "call.abandoned", callId: "c", ...at("03", "00") };
  const segments = { fact: "0" };

  it("that nobody gave up is only queued", () => {
    expect(derive(call, [queued])).toEqual([{ kind: "call-queued", day: "2026-10-02", segments }]);
  });

  it("given up after midnight counts on the day on which it began to wait", () => {
    expect(derive(call, [queued, abandoned])).toEqual([
      { kind: "call-queued", day: "2026-10-02", segments },
      { kind: "call-abandoned", day: "2026-10-02", segments },
      { kind: "wait-ended", day: "2026-10-02", segments, isAnswered: false, milliseconds: 3_600_000 },
    ]);
  });

  it("waited as long as its end says, else since it was queued, and was passed on as often as any event says", () => {
    const answered = { type: "call.answered", callId: "c", ...at("03", "00") };
    const ends = (...facts: object[]) => derive(call, [queued, ...facts]).slice(1);
    const common = { day: "2026-10-02", segments };
    expect(ends(answered)).toEqual([
      { kind: "wait-ended", ...common, isAnswered: true, milliseconds: 3_600_000 },
    ]);
    expect(
      ends({ ...answered, seconds: 12.5, transfers: 1 }, { ...answered, ...at("04"), transfers: 3 }),
    ).toEqual([
      { kind: "wait-ended", ...common, isAnswered: true, milliseconds: 12_500 },
      { kind: "call-transferred", ...common, times: 3 },
    ]);
    // Answered and abandoned: abandoned. An end before the beginning says nothing of the time.
    expect(ends(answered, { ...abandoned, seconds: 40 })).toContainEqual({
      ...{ kind: "wait-ended", ...common, isAnswered: false, milliseconds: 40_000 },
    });
    expect(ends({ ...answered, ...at("01") })).toEqual([]);
  });

  it("of which the beginning has not arrived counts nowhere", () => {
    expect(derive(call, [abandoned])).toEqual([]);
  });
});

describe("an article", () => {
  const written = (articleId: string, day: string) => ({ type: "article.written", articleId, ...at(day) });
  const used = { type: "article.used", articleId: "a", ...at("05") };

  it("resolves a case where a use names a ticket, unless it says otherwise", () => {
    const kinds = (use: object) =>
      derive(article, [written("a", "01"), { ...used, ...use }]).map(({ kind }) => kind);
    expect(kinds({})).toEqual(["article-created", "article-used"]);
    expect(kinds({ ticketId: "t" })).toEqual(["article-created", "article-used", "article-resolved"]);
    expect(kinds({ ticketId: "t", resolved: false })).toEqual(["article-created", "article-used"]);
    expect(kinds({ resolved: true })).toEqual(["article-created", "article-used", "article-resolved"]);
  });

  it("is created on the day of its first writing, and used as often as it was on each day, also before", () => {
    const facts = [written("a", "06"), written("a", "08"), used, used, { ...used, ...at("09") }];
    const ids = facts.map((fact, index) => ({ ...fact, id: `f${index}` }));
    const segments = { fact: "0" };
    expect(derive(article, ids)).toEqual([
      { kind: "article-created", day: "2026-10-06", segments, times: 1 },
      { kind: "article-used", day: "2026-10-05", segments, times: 2 },
      { kind: "article-used", day: "2026-10-09", segments, times: 1 },
    ]);
  });

  it("that nobody is known to have written credits nobody", () => {
    expect(derive(article, [used])).toEqual([]);
  });
});
