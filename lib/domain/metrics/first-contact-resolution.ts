import { returnDays } from "../entities/resolutions.ts";
import { contactVolume } from "./contact-volume.ts";
import { defineMetric } from "./metric.ts";
import { resolutionTime } from "./resolution-time.ts";
import { noBounds } from "./statistics/bounds.ts";
import { percent } from "./statistics/fraction.ts";
import { percentageOf } from "./statistics/proportion.ts";

export const firstContactResolution = defineMetric({
  id: "first-contact-resolution",
  name: "First contact resolution",
  area: "service",
  description: "How many of a hundred cases were resolved on the first contact, and stayed so.",
  formula: "100·resolved on the first contact/resolved",
  unit: "percent",
  better: "higher",
  version: 1,
  minimumSample: 30,
  interval: "Wilson score interval.",
  notes: [
    "A case counts once, on the day of its first resolution: a reopening takes it out of the numerator and leaves it in the denominator.",
    `A reopening takes first contact back until ${returnDays} days after the day of the first resolution; whoever comes back later comes with another issue, and who comes before anything is resolved does not come back. Intervals that reach into the last ${returnDays} days are provisional.`,
    "Convention of-contacts = 100·resolved on the first contact in the period/contacts opened in it: also contacts that nobody has resolved are in the denominator. Cases opened before and resolved in the period are in the numerator, so over few days it can pass 100 %, and then has no interval.",
    "First contact is what ticket.resolved says (contacts: 1); where it says nothing, at most one reply from the opening to the first resolution.",
  ],
  references: [
    { title: "Wilson 1927, Probable Inference, JASA 22(158), 209–212" },
    {
      title:
        "Abdullateef, Mokhtar & Yusoff 2011, The mediating effects of first call resolution on call centers' performance, Journal of Database Marketing & Customer Strategy Management 18, 16–30",
    },
  ],
  conventions: ["of-resolved", "of-contacts"],
  range: (convention) => ({ min: 0, max: convention === "of-contacts" ? null : 100 }),
  settlesAfterDays: returnDays,
  family: "resolution",
  countsFrom: ["ticket"],
  facts: ["ticket.opened", "ticket.replied", "ticket.resolved", "ticket.reopened"],
  counters: ["onFirstContact"],
  uses: [resolutionTime, contactVolume],
  increments: {
    "case-resolved": (occurrence) => (occurrence.onFirstContact ? { onFirstContact: 1 } : undefined),
  },
  compute(period, { convention }) {
    const resolved = period.count("once") + period.count("first");
    const onFirstContact = period.count("onFirstContact");
    const contacts = period.count("contacts");
    const components = { onFirstContact, resolved, reopened: period.count("first"), contacts };
    const n = convention === "of-contacts" ? contacts : resolved;
    const method = { method: convention };
    if (onFirstContact > n) {
      return { value: percent(onFirstContact, n), ...noBounds, n, components, ...method };
    }
    return {
      ...percentageOf(onFirstContact, n),
      ...{ n, components, ...method },
      sample: { kind: "proportion", successes: onFirstContact, n },
    };
  },
});
