import { expect, it } from "vitest";
import type { EnrichedFact } from "../../../../lib/domain/entities/enriched-fact.ts";
import { order } from "../../../../lib/domain/entities/order.ts";
import { subjectsOf } from "../../../../lib/domain/entities/registry.ts";
import { placeFacts, purchase } from "../../../fixtures/domain.ts";

/** Answers about an order, in the segments of its purchase. */

const answer = { survey: "csat", score: 2, id: "a", orderId: "o", occurredAt: "2026-03-04T10:00:00Z" };

function placed(fact: object, segments: Readonly<Record<string, string>> = {}): EnrichedFact {
  const [one] = placeFacts([fact]);
  if (!one) throw new Error("no fact");
  return { ...one, segments, orderKey: "key of o" };
}

function derive(facts: readonly EnrichedFact[]) {
  const history = facts.reduce((known, fact) => order.apply(known, fact), order.unknown);
  return order.derive(history, {});
}

const ofOrder = { channel: "web", category: "shoes" };
const bought = placed({ ...purchase(undefined, "2026-03-01"), id: "p" }, ofOrder);
const beside = { kind: "answered", survey: "csat", scale: "1-5", score: 2, hasComment: false };

it("count in the segments of the purchase, on their own day, whichever arrives first", () => {
  const expected = [{ ...beside, day: "2026-03-04", segments: ofOrder, timesBeside: 1 }];
  expect(derive([bought, placed(answer)])).toEqual(expected);
  expect(derive([placed(answer), bought])).toEqual(expected);
  expect(derive([placed(answer)])).toEqual([]);
  expect(derive([bought])).toEqual([]);
});

it("keep what they say themselves", () => {
  const said = placed({ ...answer, dimensions: { channel: "phone" } }, { channel: "phone" });
  expect(derive([bought, said])).toMatchObject([{ segments: { category: "shoes" } }]);
});

it("follow the first of several purchases, a trusted sender's before one of a public key", () => {
  const later = placed({ ...purchase(undefined, "2026-03-02"), id: "p2" }, { channel: "app" });
  const made = {
    ...placed({ ...purchase(undefined, "2026-02-01"), id: "p3" }, { channel: "x" }),
    publicKey: "k",
  };
  for (const facts of [
    [bought, later, made],
    [made, later, bought],
  ]) {
    expect(derive([...facts, placed(answer)])).toMatchObject([{ segments: ofOrder }]);
  }
});

it("a refund is none of the order's steps, and without a link there is no order", () => {
  const money = { amount: "1.00", currency: "USD" };
  const refund = { type: "purchase.refunded", orderId: "o", money, occurredAt: "2026-03-02T10:00:00Z" };
  expect(order.idOf(placed(refund))).toBeUndefined();
  const unlinked = [answer, purchase(undefined, "2026-03-01")].flatMap((fact) => placeFacts([fact]));
  expect(unlinked.flatMap(subjectsOf)).toEqual([]);
});
