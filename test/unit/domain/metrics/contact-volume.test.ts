import { describe, expect, it } from "vitest";
import { Counted, step } from "../../../fixtures/domain.ts";

const month = ["2026-03-01", "2026-03-31"] as const;

function ticket(type: string, ticketId: string, occurredAt: string, more: object = {}): object {
  return { type: `ticket.${type}`, ticketId, occurredAt, ...more };
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
