import { purchasesOf } from "./purchases.ts";
import { scored } from "./scores.ts";
import type { Draft, World } from "./world.ts";

/** Survey answers after a purchase: they contain the order's number, and no other fields of it. */

/** Orders by phone please less: what stands behind a low score is found by the order. */
const lowerByPhone = 0.8;

/** Makes some answers, one to four days after the purchase. */
export function* afterPurchaseFacts(world: World): Generator<Draft> {
  const { story } = world;
  for (const { customer, orderId, day, at, channel } of purchasesOf(world)) {
    // Its own numbers, so that it changes nothing of what else happens.
    const random = world.random(`after ${orderId}`);
    if (!random.chance(0.08)) continue;
    const asked = { survey: "csat", day, story, customer, language: customer.language } as const;
    yield {
      to: "responses",
      at: at + random.int(86_400, 4 * 86_400) * 1000,
      fields: {
        ...{ survey: "csat", surveyId: "after-order", orderId, customerId: customer.id },
        ...scored({ ...asked, lower: channel === "phone" ? lowerByPhone : 0 }, random),
      },
    };
  }
}
