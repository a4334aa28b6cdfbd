import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digest, idOf } from "../../../packages/client/src/ids.ts";

describe("the id of a fact", () => {
  it("is that of the one thing which happened, where the fact names it", () => {
    const money = { amount: "10.00", currency: "EUR" };
    expect(idOf({ type: "purchase.made", orderId: "A100", money })).toBe("purchase.made:A100");
    expect(idOf({ type: "purchase.made", orderId: "A100" })).toBe(
      idOf({ type: "purchase.made", orderId: "A100", money }),
    );
    expect(idOf({ survey: "nps", invitationId: "i1", score: 9 })).toBe("nps:i1");
    expect(idOf({ type: "purchase.made", orderId: "# 100 / ä" })).toMatch(/^purchase\.made:[0-9a-f]{32}$/);
  });

  it("is of all that it says, where that has a time and says what it is about", () => {
    const reply = { type: "ticket.replied", ticketId: "t1", occurredAt: "2026-10-01T10:00:00Z" };
    const turned = { occurredAt: "2026-10-01T10:00:00Z", ticketId: "t1", type: "ticket.replied" };
    expect(idOf(reply)).toBe(idOf(turned));
    expect(idOf({ ...reply, occurredAt: "2026-10-01T10:00:01Z" })).not.toBe(idOf(reply));
  });

  it("is another one each time where nothing names what happened", () => {
    const page = { type: "page.loaded", milliseconds: 1200 };
    expect(idOf(page)).not.toBe(idOf(page));
    const reply = { type: "ticket.replied", ticketId: "t1" };
    expect(idOf(reply)).not.toBe(idOf(reply));
  });

  it("is one that the API takes, whatever the fact says", () => {
    const text = fc.string({ unit: "binary", maxLength: 200 });
    fc.assert(
      fc.property(text, text, (orderId, occurredAt) => {
        expect(idOf({ type: "purchase.made", orderId })).toMatch(/^[A-Za-z0-9._:-]{1,115}$/);
        expect(idOf({ type: "purchase.refunded", orderId, occurredAt })).toMatch(/^[A-Za-z0-9._:-]{1,115}$/);
      }),
    );
  });

  it("differs where the contents do, over a hundred thousand of them", () => {
    const digests = new Set(Array.from({ length: 100_000 }, (_, index) => digest(`order ${index}`)));
    expect(digests.size).toBe(100_000);
  });
});
