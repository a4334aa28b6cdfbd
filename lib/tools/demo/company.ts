import { type Random, randomOf } from "./random.ts";
import { isIn, type Plan, type Span, type Story } from "./story.ts";

/** The people who become the company's customers, and how long they stay. */

/** One customer. Days are numbers from the company's first day, 0. */
export interface Customer {
  readonly id: string;
  readonly country: string;
  readonly language: string;
  readonly plan: string;
  /** Where they heard of the company. */
  readonly channel: string;
  /** How content they are by nature: 0 on average. */
  readonly temper: number;
  /** Days between two purchases, on average. */
  readonly purchaseGap: number;
  readonly joined: number;
  /** Goes without a word: buys nothing more from this day on. */
  readonly silentFrom?: number;
  readonly left?: number;
  readonly returned?: number;
}

/** The company's customers. */
export interface Company {
  /** In the order in which they joined. */
  readonly customers: readonly Customer[];
  /** How many of them are there on each day. */
  readonly active: readonly number[];
  readonly mostActive: number;
}

const countries: readonly (readonly [Pick<Customer, "country" | "language">, number])[] = [
  [{ country: "DE", language: "de" }, 26],
  [{ country: "GB", language: "en" }, 14],
  [{ country: "US", language: "en" }, 14],
  [{ country: "FR", language: "fr" }, 16],
  [{ country: "ES", language: "es" }, 13],
  [{ country: "JP", language: "ja" }, 9],
  [{ country: "CN", language: "zh" }, 8],
];

/** A contract: how likely its customers leave on a day, and the days between two purchases. */
interface Contract {
  readonly plan: string;
  readonly leaves: number;
  readonly gap: number;
}

const contracts: readonly (readonly [Contract, number])[] = [
  [{ plan: "basic", leaves: 0.0013, gap: 80 }, 55],
  [{ plan: "plus", leaves: 0.0008, gap: 55 }, 33],
  [{ plan: "pro", leaves: 0.0005, gap: 40 }, 12],
];

const channels: readonly (readonly [string, number])[] = [
  ["search", 36],
  ["social", 24],
  ["email", 14],
  ["partner", 14],
  ["referral", 12],
];

/** In the campaign most come by it, and more are sent by friends. */
const campaignChannels: readonly (readonly [string, number])[] = [
  ["social", 60],
  ["search", 14],
  ["email", 5],
  ["partner", 5],
  ["referral", 28],
];

const campaignPull = 4;
const waveHazard = 8;

/** Founds the company of a plan. */
export function foundCompany(plan: Plan, story: Story): Company {
  const random = randomOf(plan.seed, "company");
  const days = Array.from({ length: plan.days }, (_, day) => day);
  const pull = days.map((day) => [day, pullOn(day, plan, story)] as const);
  const joined = Array.from({ length: plan.customers }, () => random.weighted(pull)).sort((a, b) => a - b);
  const customers = joined.map((day, index) => customerOf(index, day, plan, story, random));
  const active = days.map((day) => customers.filter((customer) => isActive(customer, day)).length);
  return { customers, active, mostActive: Math.max(...active) };
}

/** Whether somebody is a customer at the end of a day. */
export function isActive({ joined, left, returned }: Customer, day: number): boolean {
  if (day < joined) return false;
  return left === undefined || day < left || (returned !== undefined && day >= returned);
}

/** How many want to join: many at the opening, then a little more each month. */
function pullOn(day: number, { days }: Plan, { campaign }: Story): number {
  const opening = 4 * Math.exp(-day / (days / 25));
  const steady = 1 + (0.6 * day) / days;
  return (opening + steady) * (isIn(campaign, day) ? campaignPull : 1);
}

function customerOf(index: number, joined: number, plan: Plan, story: Story, random: Random): Customer {
  const home = random.weighted(countries);
  const contract = random.weighted(contracts);
  const channel = random.weighted(isIn(story.campaign, joined) ? campaignChannels : channels);
  const left = leavingDay(joined, contract.leaves, plan.days, story.churnWave, random);
  const back = left === undefined ? undefined : left + random.int(25, 110);
  const returns = random.chance(0.14) && back !== undefined && back < plan.days;
  const isSilent = random.chance(0.07);
  const silentFrom = joined + 30 + Math.round(random.exponential(150));
  return {
    id: `demo-${String(index + 1).padStart(5, "0")}`,
    ...home,
    plan: contract.plan,
    channel,
    temper: random.normal(0, 0.5),
    purchaseGap: contract.gap * random.logNormal(1, 0.35),
    joined,
    ...(isSilent ? { silentFrom } : {}),
    ...(left === undefined ? {} : { left }),
    ...(returns ? { returned: back } : {}),
  };
}

function leavingDay(
  joined: number,
  hazard: number,
  days: number,
  wave: Span,
  random: Random,
): number | undefined {
  for (let day = joined + 7; day < days; day += 1) {
    if (random.chance(hazard * (isIn(wave, day) ? waveHazard : 1))) return day;
  }
  return undefined;
}
