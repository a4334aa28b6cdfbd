import { burstIntervalText } from "./interval-texts.ts";
import { defineMetric } from "./metric.ts";
import { spreadOverDays } from "./statistics/clusters.ts";
import { percentageOf } from "./statistics/proportion.ts";

export const cartAbandonment = defineMetric({
  id: "cart-abandonment",
  name: "Cart abandonment",
  area: "web",
  description: "The share of started carts that were not bought.",
  formula: "100·(1 − carts bought/carts started), of the carts decided in the period",
  unit: "percent",
  better: "lower",
  version: 1,
  minimumSample: 30,
  interval: burstIntervalText,
  notes: [
    "The unit is the cart: however often its start or its purchase is sent, it counts once.",
    "A cart is decided on the day of its purchase, or on the day on which its time (cartHours, 24 unless the workspace says otherwise) runs out, whichever is earlier. Until then it is open and in neither number.",
    "A purchase after that takes the abandonment back, on the day on which the time ran out (boughtLate).",
    "A purchase without a start waits until the start is known. Bought before it was started counts as bought, on the day of the purchase.",
    "Of the running day: as it will end if nothing else happens. A cart whose time runs out later that day counts as abandoned already, until it is bought.",
    "startedInPeriod counts carts on the day of their start: some of them are decided later.",
  ],
  references: [
    {
      title:
        "Baymard Institute, Cart Abandonment Rate Statistics: 70 % on average over 50 studies, for comparison",
      url: "https://baymard.com/lists/cart-abandonment-rate",
    },
    { title: "Wilson 1927, Probable Inference, the Law of Succession, and Statistical Inference" },
  ],
  family: "cart-abandonment",
  countsFrom: ["cart"],
  facts: ["cart.started", "cart.bought"],
  counters: ["started", "decided", "bought", "boughtLate"],
  increments: {
    "cart-started": () => ({ started: 1 }),
    "cart-decided": ({ isBought, isLate }) => ({
      decided: 1,
      bought: isBought ? 1 : 0,
      boughtLate: isLate ? 1 : 0,
    }),
  },
  compute(period) {
    const decided = period.count("decided");
    const bought = period.count("bought");
    const abandoned = decided - bought;
    // The share of the abandoned differs from day to day as that of the bought does.
    const spread = spreadOverDays(period.daily("bought"), period.daily("decided"));
    return {
      ...percentageOf(abandoned, decided, spread),
      n: decided,
      components: {
        ...{ carts: decided, bought, abandoned },
        boughtLate: period.count("boughtLate"),
        startedInPeriod: period.count("started"),
      },
      sample: { kind: "proportion", successes: abandoned, n: decided, spread },
    };
  },
});
