import { expect, it } from "vitest";
import type { Filters } from "../../../lib/domain/facts/characteristics.ts";
import { isChosen } from "../../../lib/queries/fact-groups.ts";
import { characteristicsOf } from "../../../lib/queries/fact-source.ts";
import { placeFacts } from "../../fixtures/domain.ts";

it("a fact is chosen when it has one of the values of each dimension asked for, and (none) asks for those without any", () => {
  const has = (dimensions: Readonly<Record<string, string>>, filters: Filters) => {
    const [fact] = placeFacts([
      { survey: "nps", score: 9, surveyId: "s", occurredAt: "2026-10-10T23:30:00Z", dimensions },
    ]);
    if (!fact) throw new Error("no fact was placed");
    return isChosen(characteristicsOf({ ...fact, day: "2026-10-11" }, "Europe/Berlin"), filters);
  };
  const both = { channel: "web", plan: "pro" };
  expect(has(both, { channel: ["web"], plan: ["pro"] })).toBe(true);
  expect(has(both, { channel: ["shop", "web"], plan: ["pro"] })).toBe(true);
  expect(has(both, { channel: ["web"], plan: ["free"] })).toBe(false);
  expect(has({ channel: "web" }, { channel: ["web"], plan: ["(none)"] })).toBe(true);
  expect(has({ channel: "web" }, { channel: ["(none)", "shop"] })).toBe(false);
  expect(has({}, { plan: ["free"] })).toBe(false);
  // As for metrics: fields, the hour and the weekday in the workspace's time zone. 2026-10-11 is a Sunday.
  expect(has({}, { weekday: ["saturday", "sunday"], hour: ["01"], surveyId: ["s"] })).toBe(true);
  expect(has({}, { weekday: ["saturday"] })).toBe(false);
});

it("a value that is counted as (other) is chosen by its name, and by (other)", () => {
  const [fact] = placeFacts([
    { survey: "nps", score: 9, occurredAt: "2026-10-10T23:30:00Z", dimensions: { channel: "fax" } },
  ]);
  if (!fact) throw new Error("no fact was placed");
  const own = characteristicsOf({ ...fact, segments: { channel: "(other)" } }, "UTC");
  expect(isChosen(own, { channel: ["(other)"] })).toBe(true);
  expect(isChosen(own, { channel: ["fax"] })).toBe(true);
  expect(isChosen(own, { channel: ["web"] })).toBe(false);
});
