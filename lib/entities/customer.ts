import { defineEntity } from "./entity.ts";
import type { History } from "./history.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";
import { presence } from "./presence.ts";
import { purchaseNumbers } from "./purchase-numbers.ts";

/** A customer: the steps of a life as one, and the days of purchases. */
export const customer = defineEntity({
  name: "customer",
  personal: true,
  steps: {
    joined: { code: "j", instant: true },
    left: { code: "l", instant: true },
    returned: { code: "r", instant: true },
    purchased: { code: "p" },
  },
  place({ fact }) {
    switch (fact.type) {
      // An explicit step says more about a customer than a purchase that implied one.
      case "customer.joined":
        return { id: fact.customerId, kind: "joined", rank: 1 };
      case "customer.returned":
        return { id: fact.customerId, kind: "returned", rank: 1 };
      case "customer.left":
        return { id: fact.customerId, kind: "left" };
      case "purchase.made":
        return fact.customerId === undefined
          ? undefined
          : { id: fact.customerId, kind: "purchased", rank: 0 };
      default:
        return undefined;
    }
  },
  dependencies: ({ inactivityDays }) => ({ inactivityDays }),
  derive(history, { inactivityDays }): Occurrence[] {
    const segments = history.origin?.segments ?? {};
    return [...presence(history, inactivityDays, segments), ...purchaseNumbers(history, segments)];
  },
});

/** The kinds of a customer's steps. */
export type CustomerStep = "joined" | "left" | "returned" | "purchased";

/** What is remembered of a customer. */
export type CustomerHistory = History<CustomerStep>;
