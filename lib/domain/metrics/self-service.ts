import { selfServiceDays } from "../entities/contacts.ts";
import { defineMetric } from "./metric.ts";
import { percentageOf } from "./statistics/proportion.ts";

/** Self-service. */
export const selfService = defineMetric({
  id: "self-service",
  name: "Solved by self-service",
  area: "service",
  description: `How often customers who searched the knowledge base or read an article did not get in touch within ${selfServiceDays} days.`,
  formula: `100·sessions without a ticket or a call within ${selfServiceDays} days/sessions of self-service`,
  unit: "percent",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: "Wilson score interval.",
  notes: [
    "A session is a day on which a customer searched (article.searched) or read an article (article.used without a ticketId), once however often, in the segments of the customer. Without a customer id nobody knows whether it helped, and nothing counts.",
    `It was solved unless the same customer opened a ticket or called, after it began and up to ${selfServiceDays} days after its day, the last one included.`,
    "Days whose customers can still get in touch are provisional, and it is too early to compare them.",
  ],
  references: [
    { title: "Consortium for Service Innovation, Measuring Self-Service Success (2019): implicit success" },
  ],
  family: "self-service",
  countsFrom: ["customer"],
  settlesAfterDays: selfServiceDays,
  facts: ["article.searched", "article.used", "ticket.opened", "call.queued"],
  counters: ["helped", "followed"],
  increments: {
    "helped-itself": (occurrence) => ({ helped: 1, followed: occurrence.isContacted ? 1 : 0 }),
  },
  compute(period) {
    const [sessions, contacted] = [period.count("helped"), period.count("followed")];
    const solved = sessions - contacted;
    return {
      ...percentageOf(solved, sessions),
      n: sessions,
      components: { sessions, solved, contacted },
      sample: { kind: "proportion", successes: solved, n: sessions },
    };
  },
});
