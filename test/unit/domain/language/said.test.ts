import { describe, expect, it } from "vitest";
import { isDay } from "../../../../lib/domain/calendar/days.ts";
import { languageOf } from "../../../../lib/domain/language/language.ts";
import { translated } from "../../../../lib/domain/language/said.ts";
import { languageTags } from "../../../../lib/domain/language/tags.ts";
import { metrics } from "../../../../lib/domain/metrics/registry.ts";
import { urlProblem } from "../../../../lib/domain/webhooks/addresses.ts";
import { remarksOnGroups } from "../../../../lib/queries/customers/few-groups.ts";
import { sayRemark } from "../../../../lib/report/remarks.ts";

const others = languageTags.filter((tag) => tag !== "en");

describe.each(others)("in %s", (tag) => {
  const language = languageOf(tag);

  it("whose the published figures are is told", () => {
    const texts = metrics.flatMap(({ benchmarks = [] }) => benchmarks.map(({ of }) => of));
    expect(texts.length).toBeGreaterThan(5);
    for (const text of texts) expect([text, translated(text, language)]).not.toEqual([text, undefined]);
  });

  it("that a dimension tells no customers apart is told", () => {
    const [remark = ""] = remarksOnGroups([{ group: "(none)" }], "plan");
    const said = translated(remark, language);
    expect(said).toContain("plan");
    expect(said).not.toContain("customer");
  });

  it("what is wrong with what was asked for is told with its values", () => {
    expect(translated("must not be before 1900-01-01", language)).toContain("1900-01-01");
    const among = translated("must be one of area, name, change", language);
    expect(among).toContain("area, name, change");
    expect(among).not.toContain("must");
    const compare = translated(
      "must be one of previous, year, none, or a day that exists, YYYY-MM-DD",
      language,
    );
    expect(compare).toContain("previous, year, none");
    expect(compare).not.toMatch(/must|exists/);
  });

  it.each(["shop", "https://a:b@shop.example/", "https://shop.example/#a", "https://10.0.0.1/"])(
    "why nothing can be told to %s is told",
    (url) => {
      const problem = urlProblem(url, false) ?? "";
      expect(problem).toMatch(/^must /);
      expect(translated(problem, language)).toBeDefined();
    },
  );

  it("that a workspace is full of webhooks or alerts is told with how many it may have", () => {
    const texts = [
      "a workspace has at most 20 webhooks: delete one that is not used",
      "a workspace has at most 50 alerts: delete one",
    ];
    expect(texts.map((text) => translated(text, language))).toEqual([
      expect.stringContaining("20"),
      expect.stringContaining("50"),
    ]);
  });

  it("days and metrics in a remark are written as everywhere on the page", () => {
    const values = {
      problem: "few",
      from: "2026-02-21",
      to: "2026-03-22",
      n: 12,
      metric: "csat",
      needed: 30,
    };
    const text = sayRemark({ id: "goal.noValue", values }, language);
    expect(text).not.toContain("2026-02-21");
    expect(text.split(" ").some(isDay)).toBe(false);
    expect(text).toContain("12");
    const none = sayRemark({ id: "goal.noBase", values: { ...values, problem: "none" } }, language);
    expect(none).toContain(language.metricName(metrics.find(({ id }) => id === "csat") ?? expect.fail()));
  });
});

it("what nobody has words for stays as it is", () => {
  expect(translated("must be a riddle", languageOf("de"))).toBeUndefined();
  // Longer sentences that begin as a known one does.
  expect(translated("must be from 0 to 100, the range of nps", languageOf("de"))).toBeUndefined();
  expect(translated("must be at least 3, as many as there are", languageOf("de"))).toBeUndefined();
});
