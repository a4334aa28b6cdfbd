import { describe, expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

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

  it("is 100·resolved on the first contact/contacts opened in convention of-contacts", () => {
    // Five contacts more, of which nobody has resolved any: 3 of 9.
    const unresolved = ["p", "q", "r", "s", "t"].map((id) => ticket("opened", id, "2026-03-20T09:00:00Z"));
    const counted = new Counted([...facts, ...unresolved]);
    const ofContacts = counted.measure("first-contact-resolution", ...month, { convention: "of-contacts" });
    expect(ofContacts).toMatchObject({
      ...{ value: 33.333333333333336, n: 9, method: "of-contacts" },
      components: { onFirstContact: 3, resolved: 4, contacts: 9 },
      sample: { kind: "proportion", successes: 3, n: 9 },
    });
    expect(counted.measure("first-contact-resolution", ...month)).toMatchObject({ value: 75, n: 4 });
  });

  it("has no interval where cases opened before were resolved in few days", () => {
    const before = [
      ...resolvedAfter("a", "02", 30, { contacts: 1 }),
      ...resolvedAfter("b", "02", 31, { contacts: 1 }),
    ];
    const opened = ticket("opened", "c", "2026-03-03T09:00:00Z");
    const measured = new Counted([...before, opened]).measure(
      ...(["first-contact-resolution", "2026-03-03", "2026-03-03", { convention: "of-contacts" }] as const),
    );
    expect(measured).toMatchObject({ value: 200, n: 1, low: null, high: null });
    expect(measured.sample).toBeUndefined();
  });
});
