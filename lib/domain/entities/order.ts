import { defineEntity } from "./entity.ts";
import { ratingOf, ratingsBeside } from "./ratings.ts";

/** An order: the purchases with one number, and the answers that are about it. Only workspaces that link orders have any. */
export const order = defineEntity({
  name: "order",
  // Its number would name a person who is erased: see `EnrichedFact`.
  idField: "orderKey",
  facts: ["purchase.made", "response"],
  // Answers count by themselves in the whole, and in their order's segments beside that.
  aside: ["response"],
  steps: {
    bought: { code: "b" },
    // The detail is what the answer says, and of which dimensions it has a value itself.
    rated: { code: "a", detail: true },
  },
  origins: ["bought"],
  place(placed) {
    const { fact, orderKey } = placed;
    if (orderKey === undefined) return undefined;
    // Of several purchases with one number the first says what the order is.
    if (fact.type === "purchase.made") return { id: orderKey, kind: "bought", rank: 0 };
    return fact.type === "response" ? { id: orderKey, kind: "rated", detail: ratingOf(placed) } : undefined;
  },
  dependencies: () => ({}),
  derive: (history) => ratingsBeside(history, history.origin?.segments ?? {}),
});
