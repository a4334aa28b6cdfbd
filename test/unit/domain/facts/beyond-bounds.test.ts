import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf } from "../../../../lib/domain/calendar/zones.ts";
import {
  type ParseContext,
  type Parsed,
  parseEvent,
  parseResponse,
} from "../../../../lib/domain/facts/parse.ts";
import { surveyScales } from "../../../../lib/domain/facts/responses.ts";

/** What lies at and beyond the bounds of a field is refused with that field named, and never ends in a throw. */

const context: ParseContext = {
  now: Date.parse("2026-11-01T12:00:00Z"),
  timeZone: "UTC",
  earliestDay: "1900-01-01",
  newId: () => "made-here",
};

const errorsOf = (parsed: Parsed) =>
  parsed.ok ? [] : parsed.errors.map(({ pointer, detail }) => `${pointer} ${detail}`);

describe("an instant", () => {
  const zones = ["UTC", "Pacific/Kiritimati", "Etc/GMT+12", "Asia/Manila", "America/Juneau"];

  it.each([
    "0001-01-01T00:00:00Z",
    "0001-01-01T23:59:59.999Z",
    "0000-01-01T00:00:00Z",
    "0000-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "0001-01-02T00:00:00+23:59",
    "0001-01-02T00:00:00Z",
  ])("at the beginning of all years, %s, is before the workspace's first day", (occurredAt) => {
    for (const timeZone of zones) {
      const parsed = parseResponse({ survey: "nps", score: 9, occurredAt }, { ...context, timeZone });
      expect(errorsOf(parsed)).toEqual(["/occurredAt must not be before 1900-01-01"]);
    }
  });

  it.each(["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59-23:59", "9999-12-31T00:00:00+23:59"])(
    "at the end of all years, %s, is in the future",
    (occurredAt) => {
      for (const timeZone of zones) {
        const parsed = parseEvent(
          { type: "customer.left", customerId: "c", occurredAt },
          { ...context, timeZone },
        );
        expect(errorsOf(parsed)).toEqual(["/occurredAt must not be more than 5 minutes in the future"]);
      }
    },
  );

  it("of any year, with any offset, in any zone, is taken or refused by name; what is taken has a day", () => {
    const pad = (number: number, length = 2) => String(number).padStart(length, "0");
    const texts = fc
      .record({
        year: fc.oneof(fc.integer({ min: 0, max: 9999 }), fc.constantFrom(0, 1, 999, 1000, 1900, 9999)),
        month: fc.integer({ min: 1, max: 12 }),
        day: fc.integer({ min: 1, max: 31 }),
        hour: fc.integer({ min: 0, max: 24 }),
        second: fc.integer({ min: 0, max: 60 }),
        fraction: fc.constantFrom("", ".0", ".999", ".999999999999"),
        sign: fc.constantFrom("+", "-"),
        offset: fc.integer({ min: 0, max: 23 * 60 + 59 }),
      })
      .map(({ year, month, day, hour, second, fraction, sign, offset }) => {
        const zone = `${sign}${pad(Math.floor(offset / 60))}:${pad(offset % 60)}`;
        return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(hour)}:00:${pad(second)}${fraction}${zone}`;
      });
    const anyZone = fc.constantFrom(...zones, ...Intl.supportedValuesOf("timeZone"));
    fc.assert(
      fc.property(texts, anyZone, (occurredAt, timeZone) => {
        const parsed = parseResponse({ survey: "nps", score: 9, occurredAt }, { ...context, timeZone });
        if (parsed.ok) {
          const day = dayOf(parsed.submission.fact.occurredAt, timeZone);
          expect(day >= context.earliestDay).toBe(true);
        } else expect(parsed.errors.map(({ pointer }) => pointer)).toEqual(["/occurredAt"]);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("an error about a score", () => {
  const scales = Object.entries(surveyScales).flatMap(([survey, all]) =>
    Object.entries(all).map(([scale, [from, to]]) => ({ survey, scale, from, to })),
  );

  it.each(scales)("of $survey on $scale names $from to $to", ({ survey, scale, from, to }) => {
    const range = `must be an integer from ${from} to ${to}`;
    const scores = [undefined, null, from - 1, to + 1, from + 0.5, "5", 2 ** 53, [], {}];
    for (const score of scores) {
      const fact = { survey, scale, ...(score === undefined ? {} : { score }) };
      const missing = score === undefined ? "is missing: " : "";
      expect(errorsOf(parseResponse(fact, context))).toEqual([`/score ${missing}${range}`]);
    }
  });

  it("names the default scale's range where no scale is said", () => {
    expect(errorsOf(parseResponse({ survey: "csat" }, context))).toEqual([
      "/score is missing: must be an integer from 1 to 5",
    ]);
    expect(errorsOf(parseResponse({ survey: "nps", score: "x" }, context))).toEqual([
      "/score must be an integer from 0 to 10",
    ]);
  });

  it.each(["1-9", "toString", "__proto__", 5, null])("names no range where the scale is %j", (scale) => {
    expect(errorsOf(parseResponse({ survey: "csat", scale }, context))).toEqual([
      expect.stringMatching(/^\/scale must be one of 1-5, /),
      "/score is missing: must be an integer of the scale",
    ]);
  });
});

describe("what stands for no value, and for the values past the limit", () => {
  const none = "must not be (none), which stands for having no value: leave it out";
  const other = "must not be (other), which stands for the values past the limit";
  const opened = { type: "ticket.opened", ticketId: "t" };

  it("cannot be sent as the value of a dimension", () => {
    const dimensions = { channel: "(none)", plan: "(other)", region: "none" };
    const expected = [`/dimensions/channel ${none}`, `/dimensions/plan ${other}`];
    expect(errorsOf(parseEvent({ ...opened, dimensions }, context))).toEqual(expected);
    expect(errorsOf(parseResponse({ survey: "nps", score: 9, dimensions }, context))).toEqual(expected);
  });

  it.each([
    ["touchpoint", { type: "interaction.made", customerId: "c" }],
    ["agent", { type: "article.written", articleId: "a" }],
    ["page", { type: "search.landed" }],
    ["keyword", { type: "search.landed" }],
    ["exitPage", { type: "session.ended", pages: 1, seconds: 1 }],
    ["cta", { type: "cta.clicked" }],
    ["target", { type: "probe.checked", up: true }],
  ])("cannot be sent as %s, which stands for a dimension", (field, fact) => {
    expect(errorsOf(parseEvent({ ...fact, [field]: "(none)" }, context))).toEqual([`/${field} ${none}`]);
    expect(errorsOf(parseEvent({ ...fact, [field]: "(other)" }, context))).toEqual([`/${field} ${other}`]);
  });

  it("cannot be chosen as an intent", () => {
    const fact = { survey: "visitor-intent", choice: "(other)" };
    expect(errorsOf(parseResponse(fact, context))).toEqual([`/choice ${other}`]);
  });
});
