import fc from "fast-check";
import { expect, it } from "vitest";
import { dayNumber } from "../../../../lib/domain/calendar/days.ts";
import type { AnyEntity, EntitySettings } from "../../../../lib/domain/entities/entity.ts";
import type { History, Step } from "../../../../lib/domain/entities/history.ts";
import { entities } from "../../../../lib/domain/entities/registry.ts";
import { defaultSettings } from "../../../../lib/domain/workspace/settings.ts";

const firstDay = dayNumber("2025-02-20");
const dayMilliseconds = 86_400_000;

/** What a step can say beside its day: a stage, a touchpoint, contacts; a price; an answer. */
const details = ["awareness", "advocacy", "web", "1", ""];
const own: Readonly<Record<string, string>> = {
  quoted: "0000000000000100 USD ACME",
  rated: '[{"kind":"answered","survey":"csat","scale":"1-5","score":2,"hasComment":false},["hour"]]',
};

const step: fc.Arbitrary<Step> = fc
  .record({
    day: fc.integer({ min: firstDay, max: firstDay + 80 }),
    within: fc.integer({ min: 0, max: dayMilliseconds - 1 }),
    detail: fc.constantFrom(...details),
    times: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ day, within, detail, times }) => ({ day, at: day * dayMilliseconds + within, detail, times }));

/** Histories of any steps; their days are those of UTC, whatever time zone the workspace has by now. */
function historyOf(entity: AnyEntity): fc.Arbitrary<History> {
  const kinds = Object.keys(entity.steps).map((kind) => {
    const steps = fc
      .array(
        step.map((one) => ({ ...one, detail: own[kind] ?? one.detail })),
        { maxLength: 6 },
      )
      .map((some) => some.sort((a, b) => a.at - b.at));
    return [kind, steps] as const;
  });
  const origin = { rank: 0, at: 0, factId: "f", segments: { agent: "Ada" } };
  return fc.record(Object.fromEntries(kinds)).map((steps) => ({ steps, origin }));
}

const settings: fc.Arbitrary<EntitySettings> = fc
  .record({
    inactivityDays: fc.option(fc.integer({ min: 1, max: 60 })),
    cartHours: fc.integer({ min: 1, max: 720 }),
    engagedTouchpoints: fc.integer({ min: 1, max: 2 }),
    responseCutOffDays: fc.integer({ min: 1, max: 30 }),
    timeZone: fc.constantFrom("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"),
  })
  .map((chosen) => ({ ...defaultSettings, ...chosen }));

it.each(entities.map((entity) => [entity.name, entity] as const))(
  "whatever a %s brings about falls on the day of a step, or so many days after one as it says",
  (_, entity) => {
    fc.assert(
      fc.property(historyOf(entity), settings, (history, given) => {
        const days = Object.values(history.steps).flatMap((steps) => steps.map(({ day }) => day));
        const offsets = [0, ...entity.dueAfterDays(given)];
        const due = new Set(days.flatMap((day) => offsets.map((offset) => day + offset)));
        for (const { day, kind } of entity.derive(history, entity.dependencies(given))) {
          expect(due.has(dayNumber(day)), `${kind} on ${day}`).toBe(true);
        }
      }),
    );
  },
);
