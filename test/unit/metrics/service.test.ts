import { describe, expect, it } from "vitest";
import { Counted, step } from "../../fixtures/domain.ts";

const month = ["2026-03-01", "2026-03-31"] as const;

function ticket(type: string, ticketId: string, occurredAt: string, more: object = {}): object {
  return { type: `ticket.${type}`, ticketId, occurredAt, ...more };
}

/** Opened at 09:00 of a day of March, resolved so many hours later. */
function resolvedAfter(ticketId: string, day: string, hours: number, more: object = {}): object[] {
  const opened = Date.parse(`2026-03-${day}T09:00:00Z`);
  return [
    ticket("opened", ticketId, new Date(opened).toISOString()),
    ticket("resolved", ticketId, new Date(opened + hours * 3_600_000).toISOString(), more),
  ];
}

describe("contact-volume", () => {
  const contacts = [
    // 2026-03-02 is a Monday, 2026-03-08 a Sunday.
    ticket("opened", "a", "2026-03-02T08:10:00Z"),
    ticket("opened", "b", "2026-03-02T08:59:59.999Z"),
    ticket("opened", "c", "2026-03-08T23:30:00Z"),
    ticket("opened", "c", "2026-03-09T10:00:00Z"),
    ticket("opened", "d", "2026-04-01T00:00:00Z"),
  ];

  it("counts each ticket once, on the day of its earliest opening, by hour and weekday", () => {
    const { value, n, low, high, components } = new Counted(contacts).measure("contact-volume", ...month);
    expect({ value, n, low, high }).toEqual({ value: 3, n: 3, low: null, high: null });
    expect(components).toMatchObject({ monday: 2, tuesday: 0, sunday: 1, hour08: 2, hour23: 1, hour00: 0 });
    const sum = (prefix: RegExp) =>
      Object.entries(components).reduce(
        (all, [name, count]) => all + (prefix.test(name) ? Number(count) : 0),
        0,
      );
    expect([sum(/^hour/), sum(/day$/)]).toEqual([3, 3]);
  });

  it("counts hours and days in the workspace's time zone", () => {
    const counted = new Counted(contacts, { timeZone: "Europe/Berlin" });
    // 23:30 of Sunday in UTC is 00:30 of Monday in Berlin.
    expect(counted.measure("contact-volume", "2026-03-09", "2026-03-09").components).toMatchObject({
      hour00: 1,
      monday: 1,
      sunday: 0,
    });
  });

  it("is related to the mean of the customers at the start and at the end", () => {
    const customers = [step("joined", "x", "2026-02-01"), step("joined", "y", "2026-03-20")];
    const { components } = new Counted([...contacts, ...customers]).measure("contact-volume", ...month);
    // 1 at the start, 2 at the end: 1.5; 3 contacts are 200 for a hundred.
    expect(components).toMatchObject({ averageActiveCustomers: 1.5, per100Customers: 200 });
    expect(
      new Counted(contacts).measure("contact-volume", ...month).components["per100Customers"],
    ).toBeNull();
  });
});

describe("first-response-time", () => {
  it("is the mean time to the first reply, on the day of the reply", () => {
    const counted = new Counted([
      ticket("opened", "a", "2026-02-28T23:00:00Z"),
      ticket("replied", "a", "2026-03-01T01:00:00Z"),
      ticket("replied", "a", "2026-03-01T02:00:00Z"),
      ticket("opened", "b", "2026-03-05T10:00:00Z"),
      ticket("replied", "b", "2026-03-05T10:00:00Z"),
      ticket("replied", "b", "2026-03-05T09:00:00Z"),
      ticket("opened", "c", "2026-03-06T10:00:00Z"),
    ]);
    // a waits 2 h; b is replied to as it is opened (what came before is no reply to it); c waits.
    const { value, n, components } = counted.measure("first-response-time", ...month);
    expect({ value, n }).toEqual({ value: 3_600, n: 2 });
    expect(Number(components["p50"]) / 3_600).toBeCloseTo(1, 1);
    expect(counted.measure("first-response-time", "2026-02-01", "2026-02-28").value).toBeNull();
  });

  it("has Student's interval, from the sum of squares, and quantiles within one per cent", () => {
    const minutes = [10, 20, 30, 40];
    const facts = minutes.flatMap((minute) => [
      ticket("opened", `t${minute}`, "2026-03-05T10:00:00Z"),
      ticket("replied", `t${minute}`, `2026-03-05T10:${minute}:00Z`),
    ]);
    const { value, low, high, components } = new Counted(facts).measure("first-response-time", ...month);
    // Mean 25 minutes, s = 12.9099, t(3) = 3.182446: 25 ± 20.5426 minutes.
    expect(value).toBe(1_500);
    expect(Number(low) / 60).toBeCloseTo(4.4574, 3);
    expect(Number(high) / 60).toBeCloseTo(45.5426, 3);
    // Interpolated: 25 and 37 minutes.
    expect(Math.abs(Number(components["p50"]) / 60 - 25)).toBeLessThan(0.25);
    expect(Math.abs(Number(components["p90"]) / 60 - 37)).toBeLessThan(0.37);
  });
});

describe("resolution-time", () => {
  it("is the sum of the times over the cases resolved, on the day resolved", () => {
    const counted = new Counted([
      ...resolvedAfter("a", "02", 2),
      ...resolvedAfter("b", "03", 4),
      ...resolvedAfter("c", "31", 30),
      ticket("opened", "d", "2026-03-04T09:00:00Z"),
      ticket("opened", "e", "2026-03-04T09:00:00Z"),
      ticket("resolved", "e", "2026-03-04T08:00:00Z"),
    ]);
    // a 2 h, b 4 h; c is resolved in April; d is open; e was resolved before it was opened.
    const { value, n, components } = counted.measure("resolution-time", ...month);
    expect({ value, n }).toEqual({ value: 3 * 3_600, n: 2 });
    expect(components).toMatchObject({ resolved: 2, resolvedAgain: 0, firstResolved: 2, firstMean: 10_800 });
    expect(counted.measure("resolution-time", "2026-04-01", "2026-04-30").value).toBe(30 * 3_600);
  });

  it("of a case that was reopened is the last resolution's, and the first one's beside it", () => {
    const reopened = [...resolvedAfter("a", "02", 2), ticket("reopened", "a", "2026-03-02T15:00:00Z")];
    const other = resolvedAfter("b", "03", 4);
    const open = new Counted([...reopened, ...other]).measure("resolution-time", ...month);
    // a is open again: only b is resolved, and both had a first resolution, after 2 h and 4 h.
    expect(open).toMatchObject({
      value: 4 * 3_600,
      n: 1,
      components: { resolved: 1, resolvedAgain: 0, firstResolved: 2, firstMean: 3 * 3_600 },
    });
    const again = ticket("resolved", "a", "2026-03-05T09:00:00Z");
    const closed = new Counted([...reopened, ...other, again]).measure("resolution-time", ...month);
    // a after three days, b after 4 h: 38 h on average.
    expect(closed).toMatchObject({
      value: 38 * 3_600,
      n: 2,
      components: { resolved: 2, resolvedAgain: 1, firstResolved: 2, firstMean: 3 * 3_600 },
    });
  });

  it("has its quantiles from all full resolutions, and those of the first ones beside them", () => {
    const hours = (value: unknown) => Number(value) / 3_600;
    const about = (expected: number) => (value: unknown) => Math.abs(hours(value) / expected - 1) <= 0.01;
    const { components } = new Counted([
      ...resolvedAfter("a", "02", 1),
      ...resolvedAfter("b", "02", 2),
      ...resolvedAfter("c", "02", 3),
      ticket("reopened", "c", "2026-03-03T09:00:00Z"),
      ticket("resolved", "c", "2026-03-06T09:00:00Z"),
    ]).measure("resolution-time", ...month);
    // Full: 1, 2 and 96 hours; first: 1, 2 and 3. Nine tenths lie 0.8 of the way from the second to the third.
    expect(components["p50"]).toSatisfy(about(2));
    expect(components["p90"]).toSatisfy(about(2 + 0.8 * 94));
    expect(components["firstP50"]).toSatisfy(about(2));
    expect(components["firstP90"]).toSatisfy(about(2.8));
  });

  it("counts a resolution that is sent twice once", () => {
    const twice = [...resolvedAfter("a", "02", 2), ticket("resolved", "a", "2026-03-04T09:00:00Z")];
    expect(new Counted(twice).measure("resolution-time", ...month)).toMatchObject({ value: 7_200, n: 1 });
  });

  it("is exact for times whose squares pass 2^53", () => {
    const years = new Counted([
      ticket("opened", "a", "2001-01-01T00:00:00Z"),
      ticket("resolved", "a", "2026-03-01T00:00:00.001Z"),
      ticket("opened", "b", "2001-01-01T00:00:00Z"),
      ticket("resolved", "b", "2026-03-01T00:00:00.003Z"),
    ]);
    const { value, low, high } = years.measure("resolution-time", ...month);
    const seconds = (Date.parse("2026-03-01T00:00:00Z") - Date.parse("2001-01-01T00:00:00Z")) / 1_000;
    expect(value).toBeCloseTo(seconds + 0.002, 6);
    // Two values that differ by 2 ms: ± 12.7062 ms.
    expect(Number(high) - Number(low)).toBeCloseTo(2 * 0.0127062, 5);
  });
});

describe("first-contact-resolution", () => {
  const facts = [
    ...resolvedAfter("a", "02", 2, { contacts: 1 }),
    ...resolvedAfter("b", "03", 4, { contacts: 3 }),
    ...resolvedAfter("c", "04", 4),
    ...resolvedAfter("d", "05", 4, { contacts: 1 }),
  ];

  it("is 100·resolved on the first contact/resolved", () => {
    const measured = new Counted(facts).measure("first-contact-resolution", ...month);
    expect(measured).toMatchObject({ value: 75, n: 4, components: { onFirstContact: 3, resolved: 4 } });
    // Wilson's interval for 3 of 4.
    expect(Number(measured.low)).toBeCloseTo(30.06, 2);
    expect(Number(measured.high)).toBeCloseTo(95.44, 2);
  });

  it("is not taken back by a reopening before the first resolution", () => {
    const facts = [
      ticket("opened", "e", "2026-03-06T09:00:00Z"),
      ticket("reopened", "e", "2026-03-06T10:00:00Z"),
      ticket("resolved", "e", "2026-03-06T11:00:00Z", { contacts: 1 }),
    ];
    for (const sent of [facts, facts.toReversed()]) {
      expect(new Counted(sent).measure("first-contact-resolution", ...month)).toMatchObject({
        value: 100,
        n: 1,
      });
    }
  });

  it("is taken back by a reopening, and the case stays in the denominator", () => {
    const reopened = [...facts, ticket("reopened", "d", "2026-03-10T09:00:00Z")];
    const rate = () => new Counted(reopened).measure("first-contact-resolution", ...month);
    expect(rate()).toMatchObject({ value: 50, n: 4, components: { onFirstContact: 2, reopened: 1 } });
    reopened.push(ticket("resolved", "d", "2026-03-11T09:00:00Z", { contacts: 1 }));
    expect(rate()).toMatchObject({ value: 50, n: 4 });
  });
});

describe("queue-abandonment", () => {
  const call = (kind: string, callId: string, occurredAt: string) => ({
    type: `call.${kind}`,
    callId,
    occurredAt,
  });

  it("is 100·abandoned/queued, both on the day on which the call was queued", () => {
    const counted = new Counted([
      call("queued", "a", "2026-03-31T23:59:00Z"),
      call("abandoned", "a", "2026-04-01T00:01:00Z"),
      call("queued", "b", "2026-03-31T10:00:00Z"),
      call("queued", "b", "2026-03-31T10:00:30Z"),
      call("abandoned", "b", "2026-03-31T10:05:00Z"),
      call("abandoned", "b", "2026-03-31T10:05:00Z"),
      call("queued", "c", "2026-03-31T11:00:00Z"),
      call("queued", "d", "2026-03-31T11:00:00Z"),
      call("abandoned", "never queued", "2026-03-31T11:00:00Z"),
    ]);
    expect(counted.measure("queue-abandonment", ...month)).toMatchObject({
      value: 50,
      n: 4,
      components: { queued: 4, abandoned: 2, notAbandoned: 2 },
    });
    expect(counted.measure("queue-abandonment", "2026-04-01", "2026-04-30").value).toBeNull();
  });
});

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
});
