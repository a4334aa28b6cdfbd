import { describe, expect, it } from "vitest";
import { languageOf } from "../../../lib/domain/language/language.ts";
import { languageTags } from "../../../lib/domain/language/tags.ts";
import { findMetric } from "../../../lib/domain/metrics/registry.ts";
import { defaultSettings, settingsSchema } from "../../../lib/domain/workspace/settings.ts";
import type { Digest } from "../../../lib/report/data/digest.ts";
import { dataOfDigest, tellDigest } from "../../../lib/report/digest.ts";
import { entryOf } from "../../../lib/store/outbox/outbox.ts";
import { maxAlerts } from "../../../lib/store/settings/alerts.ts";

const empty: Digest = {
  range: { from: "2026-06-01", to: "2026-06-07" },
  ...{ news: [], withGoals: [], raised: [], cleared: [], restated: [], topics: ["checkout"] },
};

describe.each(languageTags)("a digest in %s", (tag) => {
  const language = languageOf(tag);

  it("of nothing worth telling is one sentence", () => {
    const { title, lines } = tellDigest(empty, language);
    expect(title.length).toBeGreaterThan(5);
    expect(lines).toEqual([]);
  });

  it("names days that were stated anew, and what customers wrote about", () => {
    const { lines } = tellDigest({ ...empty, restated: ["2026-06-02"] }, language);
    expect(lines).toHaveLength(3);
    expect(lines.join(" ")).toContain("checkout");
  });
});

it("fits into the outbox with as many alerts as there can be, each with a name and values as long as they can be", () => {
  const metric = findMetric("nps");
  if (!metric) throw new Error("the metric is there");
  const value = "店".repeat(50);
  const raised = {
    since: "2026-06-01",
    on: "2026-06-02",
    side: "below",
    rule: "shift",
    chance: 0.001,
  } as const;
  const state = {
    ...{ judgedThrough: "2026-06-07", judgedTogether: maxAlerts, isLearning: false },
    raised: { ...raised, deviations: 2, points: 3 },
  };
  const alerts = Array.from({ length: maxAlerts }, (_, at) => {
    const definition = { metric: "nps", name: "名".repeat(200), filter: { channel: Array(45).fill(value) } };
    const stored = { ...{ convention: "0-10", currency: "USD", version: 1 }, createdAt: "", updatedAt: "" };
    return { metric, alert: { ...stored, id: `${"a".repeat(60)}${at}`, definition, state } };
  });
  const digest = { ...empty, raised: alerts };
  for (const tag of languageTags) {
    const said = { data: dataOfDigest(digest), telling: tellDigest(digest, languageOf(tag)) };
    const announcement = { type: "digest.ready", at: 0, ...said } as const;
    expect(entryOf({ workspace: "shop", webhook: "hook" }, announcement).telling?.lines).toHaveLength(52);
  }
});

it("says the same to programs", () => {
  expect(dataOfDigest(empty)).toEqual({
    ...{ from: "2026-06-01", to: "2026-06-07", changes: [], alerts: [], cleared: [], goals: [] },
    ...{ restated: [], topics: ["checkout"] },
  });
});

it("a workspace can choose every language that there are texts for", () => {
  for (const language of languageTags) {
    expect(settingsSchema.safeParse({ ...defaultSettings, language }).success).toBe(true);
  }
  expect(settingsSchema.safeParse({ ...defaultSettings, language: "fr" }).success).toBe(false);
});
