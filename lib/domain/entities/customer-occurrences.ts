import { type Activity, activityOf } from "./activity.ts";
import { contactsAfter } from "./contacts.ts";
import { customerPurchases } from "./customer-purchases.ts";
import { engagementChanges, engagementOf } from "./engagement.ts";
import type { WantedKinds } from "./entity.ts";
import type { History } from "./history.ts";
import { interactions } from "./interactions.ts";
import { funnelsOf, journeys } from "./journey.ts";
import type { Segments } from "./occurrences/base.ts";
import type { Occurrence } from "./occurrences/occurrence.ts";
import { presence } from "./presence.ts";
import { purchaseNumbers } from "./purchase-numbers.ts";
import { recurringRevenue } from "./recurring-revenue.ts";
import { referredArrival, referrerChanges } from "./referrals.ts";
import { repeatPurchases } from "./repeat-purchases.ts";
import { touchedPurchases } from "./touchpoints.ts";

/** What follows from a customer's history, part by part: where only some kinds of occurrences are wanted, only their parts are derived. */

type Kind =
  | ("joined" | "left" | "returned" | "purchased" | "interacted" | "recommended" | "referred" | "stage")
  | ("subscribed" | "subscriptionChanged" | "unsubscribed" | "unhappy" | "contacted" | "helpedItself");

/** The settings that it depends on. */
interface Settings {
  readonly inactivityDays: number | null;
  readonly engagedTouchpoints: number;
  readonly journeyStages: readonly string[];
  /** See `namesOfStages`. */
  readonly funnels: readonly string[];
}

/** A customer's history, with what several parts need of it. */
class Life {
  readonly history: History<Kind>;
  readonly segments: Segments;
  readonly settings: Settings;
  #arrivalsAndLosses: Occurrence[] | undefined;
  #activity: Activity | undefined;

  constructor(history: History<Kind>, settings: Settings) {
    this.history = history;
    this.settings = settings;
    this.segments = history.origin?.segments ?? {};
  }

  get steps(): History<Kind>["steps"] {
    return this.history.steps;
  }

  get arrivalsAndLosses(): Occurrence[] {
    this.#arrivalsAndLosses ??= presence(this.history, this.settings.inactivityDays, this.segments);
    return this.#arrivalsAndLosses;
  }

  get activity(): Activity {
    this.#activity ??= activityOf(this.arrivalsAndLosses);
    return this.#activity;
  }
}

interface Part {
  readonly kinds: readonly Occurrence["kind"][];
  of(life: Life): Occurrence[];
}

const parts: readonly Part[] = [
  {
    kinds: ["customer-new", "customer-returned", "customer-lost"],
    of: ({ arrivalsAndLosses }) => arrivalsAndLosses,
  },
  {
    kinds: ["first-purchase", "second-purchase"],
    of: ({ history, segments }) => purchaseNumbers(history, segments),
  },
  { kinds: ["purchases-attributed"], of: ({ history, segments }) => customerPurchases(history, segments) },
  { kinds: ["repeat-purchases"], of: ({ history, segments }) => repeatPurchases(history, segments) },
  { kinds: ["interacted"], of: ({ history, segments }) => interactions(history, segments) },
  { kinds: ["unhappy", "helped-itself"], of: ({ history, segments }) => contactsAfter(history, segments) },
  { kinds: ["engagement-changed"], of: engagement },
  { kinds: ["purchase-touched"], of: ({ history, segments }) => touchedPurchases(history, segments) },
  {
    kinds: ["customer-referred"],
    of: (life) =>
      life.steps.referred.length === 0 ? [] : referredArrival(life.history, life.arrivalsAndLosses),
  },
  {
    kinds: ["referrers-changed"],
    of: (life) =>
      life.steps.recommended.length === 0 ? [] : referrerChanges(life.history, life.activity, life.segments),
  },
  { kinds: ["recurring-revenue-moved"], of: subscriptions },
  { kinds: ["journey-begun", "journey-repeated"], of: journeysOf },
];

function engagement(life: Life): Occurrence[] {
  if (life.steps.interacted.length === 0) return [];
  const { engagedTouchpoints } = life.settings;
  return engagementChanges(engagementOf(life.history, life.activity, engagedTouchpoints), life.segments);
}

function subscriptions({ history, steps, segments }: Life): Occurrence[] {
  const { subscribed, subscriptionChanged, unsubscribed } = steps;
  const isNone = subscribed.length + subscriptionChanged.length + unsubscribed.length === 0;
  return isNone ? [] : recurringRevenue(history, segments);
}

function journeysOf({ history, steps, segments, settings: { journeyStages, funnels } }: Life): Occurrence[] {
  if (steps.stage.length === 0) return [];
  return funnelsOf(journeyStages, funnels).flatMap((funnel) => journeys(history, funnel, segments));
}

/** The parts that have wanted kinds: the same for all histories of one question. */
const wantedParts = new WeakMap<WantedKinds, readonly Part[]>();

function partsWith(wanted: WantedKinds): readonly Part[] {
  const known = wantedParts.get(wanted);
  if (known) return known;
  const found = parts.filter(({ kinds }) => kinds.some((kind) => wanted.has(kind)));
  wantedParts.set(wanted, found);
  return found;
}

/** Everything that a customer's history brings about. @param wanted what has other kinds may be left out */
export function customerOccurrences(
  history: History<Kind>,
  settings: Settings,
  wanted?: WantedKinds,
): Occurrence[] {
  const life = new Life(history, settings);
  const found = wanted ? partsWith(wanted) : parts;
  const [only] = found;
  if (only && found.length === 1) return only.of(life);
  return found.flatMap((part) => part.of(life));
}
