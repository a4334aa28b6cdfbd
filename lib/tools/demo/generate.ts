import { addDays, dayNumber } from "../../domain/calendar/days.ts";
import { acquisitionFacts } from "./acquisition.ts";
import { afterPurchaseFacts } from "./after-purchases.ts";
import { customerFacts } from "./customers.ts";
import { fairFacts } from "./fairs.ts";
import { interactionFacts } from "./interactions.ts";
import { invitationFacts } from "./invitations.ts";
import { journeyFacts } from "./journeys.ts";
import { marketFacts } from "./market.ts";
import { purchaseFacts } from "./purchases.ts";
import { randomOf } from "./random.ts";
import { selfServiceFacts } from "./self-service.ts";
import { serviceFacts } from "./service.ts";
import type { Plan } from "./story.ts";
import { subscriptionFacts } from "./subscriptions.ts";
import { surveyFacts } from "./surveys.ts";
import { visitorFacts } from "./visitors.ts";
import { webFacts } from "./web.ts";
import { type Draft, dayMilliseconds, type Family, worldOf } from "./world.ts";

/** From a plan to all the facts of a company. */

/** Each family of facts by its name, which is part of their ids. */
export const families: Readonly<Record<string, Family>> = {
  customers: customerFacts,
  purchases: purchaseFacts,
  surveys: surveyFacts,
  visitors: visitorFacts,
  invitations: invitationFacts,
  journeys: journeyFacts,
  acquisition: acquisitionFacts,
  interactions: interactionFacts,
  service: serviceFacts,
  web: webFacts,
  market: marketFacts,
  fairs: fairFacts,
  selfService: selfServiceFacts,
  subscriptions: subscriptionFacts,
  afterPurchases: afterPurchaseFacts,
};

/** A fact that is ready to be sent. */
export interface DemoFact {
  readonly to: Draft["to"];
  readonly id: string;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
  /** The fields of the request. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A company's facts, in the order in which they are sent. */
export interface DemoFacts {
  /** By the day on which they happened. */
  readonly timely: readonly DemoFact[];
  /** Those that arrive when their day has its snapshot already. */
  readonly late: readonly DemoFact[];
  /** Those of the timely ones that a sender who heard no answer sends once more. */
  readonly twice: readonly DemoFact[];
}

/** The last days of a company that get snapshots, so that something can be late. */
export const snapshotDays = 30;

const lateShare = 0.02;
const twiceShare = 0.005;

/** Makes all facts of a company: the same plan makes the same facts. */
export function generate(plan: Plan): DemoFacts {
  const facts = allFacts(plan);
  const random = randomOf(plan.seed, "arrival");
  const lateFrom = dayNumber(addDays(plan.until, 1 - snapshotDays)) * dayMilliseconds;
  const timely: DemoFact[] = [];
  const late: DemoFact[] = [];
  const twice: DemoFact[] = [];
  for (const fact of facts) {
    if (random.chance(lateShare) && fact.at >= lateFrom) late.push(fact);
    else timely.push(fact);
    if (random.chance(twiceShare) && timely.at(-1) === fact) twice.push(fact);
  }
  return { timely, late, twice };
}

function allFacts(plan: Plan): DemoFact[] {
  const world = worldOf(plan);
  const end = (dayNumber(plan.until) + 1) * dayMilliseconds;
  const begin = world.instant(0, 0);
  return Object.entries(families)
    .flatMap(([name, family]) =>
      [...family(world)].map((draft, index) => factOf(draft, `${idPrefix(plan)}:${name}:${index}`)),
    )
    .filter((fact) => fact.at >= begin && fact.at < end)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function factOf({ to, at, fields }: Draft, id: string): DemoFact {
  return { to, id, at, fields: { ...fields, id, occurredAt: new Date(at).toISOString() } };
}

function idPrefix({ seed, until, days, customers }: Plan): string {
  return `demo:${seed}:${until}:${days}:${customers}`;
}

const idPattern = /^demo:(\d+):(\d{4}-\d{2}-\d{2}):(\d+):(\d+):/;

/** The plan of the company that a fact belongs to, or `undefined` for a fact that is no demo's. */
export function planOf(factId: string): Plan | undefined {
  const [, seed, until, days, customers] = idPattern.exec(factId) ?? [];
  if (until === undefined) return undefined;
  return { seed: Number(seed), until, days: Number(days), customers: Number(customers) };
}
