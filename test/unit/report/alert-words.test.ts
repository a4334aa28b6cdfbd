import { expect, it } from "vitest";
import { languageOf } from "../../../lib/domain/language/language.ts";
import { findMetric } from "../../../lib/domain/metrics/registry.ts";
import { alertName, raisedSentence } from "../../../lib/report/alert-words.ts";

it("what is left open in a name or a segment turns nothing of a sentence round", () => {
  const metric = findMetric("nps");
  if (!metric) throw new Error("there is a metric nps");
  const definition = { metric: "nps", name: "\u202eLoved", filter: { channel: "\u2067web" } };
  const at = "2026-04-01T08:12:44.000Z";
  const alert = {
    id: "a",
    definition,
    convention: "",
    currency: "USD",
    createdAt: at,
    updatedAt: at,
    version: 1,
  };
  const english = languageOf("en");
  expect(alertName({ alert, metric }, english)).toBe("Loved (channel = web)");
  const raised = { since: "2026-05-27", on: "2026-06-01", side: "below", rule: "shift" } as const;
  const sentence = raisedSentence(
    { alert, metric },
    { ...raised, chance: 0.01, deviations: 1, points: 6 },
    english,
  );
  expect(sentence).toMatch(/^Loved \(channel = web\) has been lower than usual since /);
});
