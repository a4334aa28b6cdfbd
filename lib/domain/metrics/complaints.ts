import { complaintDays } from "../entities/contacts.ts";
import { defineMetric } from "./metric.ts";
import { percentageOf } from "./statistics/proportion.ts";

/** Unhappy customers who get in touch. */
export const complaints = defineMetric({
  id: "complaints",
  name: "Unhappy customers who get in touch",
  area: "service",
  description: `The share of bad scores whose customer got in touch within ${complaintDays} days: the others say nothing.`,
  formula: `100·bad scores followed by a ticket or a call within ${complaintDays} days/bad scores`,
  unit: "percent",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: "Wilson score interval.",
  notes: [
    "A bad score is one of a detractor (NPS 0–6), in the lower half of the scale of customer satisfaction (1–2 of 5), 1–3 of 7 for ease or 4–5 of 5 for effort. A customer counts once a day, in its own segments; answers without a customer id are left out.",
    `A ticket that is opened (ticket.opened) or a call (call.queued) with the same customerId, at the score or up to ${complaintDays} days after its day, the last one included, is getting in touch. What came before the score is not.`,
    "Days whose customers can still get in touch are provisional, and it is too early to compare them.",
  ],
  references: [
    { title: "Reference: of 26 unhappy customers one complains, the others leave without a word" },
  ],
  benchmarks: [
    {
      ...{ low: 3.8, high: 3.9, of: "unhappy customers who complain (1 in 26)" },
      source: "Reference: of 26 unhappy customers one complains, the others leave without a word",
    },
  ],
  family: "complaints",
  countsFrom: ["customer"],
  settlesAfterDays: complaintDays,
  facts: ["response:nps", "response:csat", "response:ces", "ticket.opened", "call.queued"],
  counters: ["unhappy", "contacted"],
  increments: {
    unhappy: (occurrence) => ({ unhappy: 1, contacted: occurrence.isContacted ? 1 : 0 }),
  },
  compute(period) {
    const [unhappy, contacted] = [period.count("unhappy"), period.count("contacted")];
    return {
      ...percentageOf(contacted, unhappy),
      n: unhappy,
      components: { unhappy, contacted, silent: unhappy - contacted },
      sample: { kind: "proportion", successes: contacted, n: unhappy },
    };
  },
});
