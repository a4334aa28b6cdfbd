import { expect, it } from "vitest";
import { linkedOrderOf, orderKeyOf } from "../../../../lib/domain/facts/orders.ts";
import { placeFacts } from "../../../fixtures/domain.ts";

/** Which order a fact is about. */

const at = { occurredAt: "2026-03-04T10:00:00Z" };
const money = { amount: "1.00", currency: "USD" };

function orderOf(fact: object): string | undefined {
  const [placed] = placeFacts([{ ...fact, ...at }]);
  return placed && linkedOrderOf(placed.fact);
}

it("a purchase tells its order, and an answer without a ticket is about it", () => {
  expect(orderOf({ type: "purchase.made", orderId: "o", money })).toBe("o");
  expect(orderOf({ survey: "nps", score: 9, orderId: "o" })).toBe("o");
  expect(orderOf({ survey: "esat", score: 9, orderId: "o" })).toBe("o");
  expect(orderOf({ survey: "nps", score: 9 })).toBeUndefined();
  expect(orderOf({ survey: "nps", score: 9, orderId: "o", ticketId: "t" })).toBeUndefined();
  expect(orderOf({ type: "purchase.refunded", orderId: "o", money })).toBeUndefined();
});

it("the key of an order is the same for the same number and secret, and says neither", () => {
  const key = orderKeyOf("secret", "536365");
  expect(orderKeyOf("secret", "536365")).toBe(key);
  expect(key).toMatch(/^[\w-]{27}$/);
  expect(orderKeyOf("secret", "536366")).not.toBe(key);
  expect(orderKeyOf("other", "536365")).not.toBe(key);
});
