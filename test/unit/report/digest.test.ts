import { describe, expect, it } from "vitest";
import { languageOf } from "../../../lib/domain/language/language.ts";
import { languageTags } from "../../../lib/domain/language/tags.ts";
import { defaultSettings, settingsSchema } from "../../../lib/domain/workspace/settings.ts";
import type { Digest } from "../../../lib/report/data/digest.ts";
import { dataOfDigest, tellDigest } from "../../../lib/report/digest.ts";

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
