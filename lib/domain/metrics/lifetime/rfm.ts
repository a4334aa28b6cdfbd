import * as z from "zod";
import type { PurchaseDay } from "./purchases.ts";

/**
 * Recency, frequency and money: customers in fifths by how long ago they bought last, how often, and for how much (Hughes 1994, Strategic Database Marketing). Of equal
 * customers each is in the fifth of their middle, so that a fifth can be larger than another, or empty.
 */

/** What a customer's purchases say up to a day. Whatever was bought on one day is one purchase; refunds are not taken off. */
export interface RfmFigures {
  /** Days since the last purchase. */
  readonly recency: number;
  /** Days with a purchase. */
  readonly frequency: number;
  /** In minor units. */
  readonly money: number;
}

const dimensions = ["recency", "frequency", "money"] as const;

const cuts = z.array(z.number().nullable()).length(4).readonly();

/** Where the second, third, fourth and fifth fifth begin, by figure: `null` where nobody is in it. Of recency, by days that are negative: the later, the more. */
export const rfmCutsSchema = z.object({ recency: cuts, frequency: cuts, money: cuts });

export type RfmCuts = z.output<typeof rfmCutsSchema>;

/** The named segments, those first who are worth most attention. */
export const rfmSegments = [
  ...(["champions", "loyal", "potential-loyal", "new"] as const),
  ...(["cooling", "cannot-lose", "at-risk", "hibernating", "lost"] as const),
] as const;

export type RfmSegment = (typeof rfmSegments)[number];

/** A customer's fifths, 5 for the best one, and what follows. */
export interface RfmScores {
  readonly recency: number;
  readonly frequency: number;
  readonly money: number;
  readonly segment: RfmSegment;
}

/** Fewer customers cannot be divided into fifths. */
export const minRfmCustomers = 5;

/** A customer's figures at the end of a day, by number; `undefined` where it had not bought by then. */
export function rfmFigures(purchases: readonly PurchaseDay[], through: number): RfmFigures | undefined {
  const known = purchases.filter(({ day }) => day <= through);
  const last = known.at(-1);
  if (!last) return undefined;
  const money = known.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return { recency: through - last.day, frequency: known.length, money };
}

/** Divides customers into fifths; `undefined` for fewer than five. */
export function rfmCuts(customers: readonly RfmFigures[]): RfmCuts | undefined {
  if (customers.length < minRfmCustomers) return undefined;
  const of = (name: (typeof dimensions)[number]) => cutsOf(customers.map((one) => rankable(one)[name]));
  return { recency: of("recency"), frequency: of("frequency"), money: of("money") };
}

/** The figures so that more is better. */
function rankable({ recency, ...rest }: RfmFigures): RfmFigures {
  return { recency: -recency, ...rest };
}

function cutsOf(values: readonly number[]): (number | null)[] {
  const sorted = values.toSorted((a, b) => a - b);
  const middles: { readonly value: number; readonly fifth: number }[] = [];
  for (let first = 0; first < sorted.length; ) {
    const value = sorted[first] ?? 0;
    let after = first;
    while (after < sorted.length && sorted[after] === value) after += 1;
    middles.push({ value, fifth: 1 + Math.floor((5 * (first + after)) / (2 * sorted.length)) });
    first = after;
  }
  return [2, 3, 4, 5].map((fifth) => middles.find((middle) => middle.fifth >= fifth)?.value ?? null);
}

/** In which fifths a customer is. */
export function rfmScores(figures: RfmFigures, by: RfmCuts): RfmScores {
  const own = rankable(figures);
  const fifth = (name: (typeof dimensions)[number]) =>
    1 + by[name].filter((cut) => cut !== null && own[name] >= cut).length;
  const scores = { recency: fifth("recency"), frequency: fifth("frequency"), money: fifth("money") };
  return { ...scores, segment: segmentOf(scores) };
}

/** By how lately it bought, and by the mean of how often and for how much, half a fifth rounded up. */
function segmentOf({ recency, frequency, money }: Omit<RfmScores, "segment">): RfmSegment {
  const worth = Math.round((frequency + money) / 2);
  if (recency >= 4) {
    if (worth >= 4) return "champions";
    return worth === 3 ? "loyal" : worth === 2 ? "potential-loyal" : "new";
  }
  if (recency === 3) return worth >= 3 ? "loyal" : "cooling";
  if (worth >= 4) return "cannot-lose";
  if (worth === 3) return "at-risk";
  return recency === 2 ? "hibernating" : "lost";
}

/** A customer on two days. */
export interface RfmMove {
  /** Absent where it had not bought by the earlier day. */
  readonly before: RfmScores | undefined;
  readonly after: RfmScores;
  readonly moneyMinor: number;
}

/** A segment on a day, and since an earlier one. */
export interface RfmSize {
  readonly segment: RfmSegment;
  readonly customers: number;
  /** What they have spent up to the day, in minor units. */
  readonly moneyMinor: number;
  /** On the earlier day. */
  readonly before: number;
  /** Who came from other segments, and who bought for the first time since. */
  readonly entered: number;
  readonly won: number;
  /** Who went to other segments. */
  readonly left: number;
}

/** How many customers went from one segment to another. */
export interface RfmMovement {
  /** `null` for those who had not bought by the earlier day. */
  readonly from: RfmSegment | null;
  readonly to: RfmSegment;
  readonly customers: number;
}

/** The sizes of all segments and the movements between them: before + won + entered − left = customers. */
export function rfmSizes(moves: readonly RfmMove[]): {
  readonly sizes: readonly RfmSize[];
  readonly movements: readonly RfmMovement[];
} {
  const count = (test: (move: RfmMove) => boolean) => moves.filter(test).length;
  const sizes = rfmSegments.map((segment) => {
    const isAfter = ({ after }: RfmMove) => after.segment === segment;
    const isBefore = ({ before }: RfmMove) => before?.segment === segment;
    return {
      segment,
      customers: count(isAfter),
      moneyMinor: moves.filter(isAfter).reduce((sum, { moneyMinor }) => sum + moneyMinor, 0),
      before: count(isBefore),
      entered: count((move) => isAfter(move) && move.before !== undefined && !isBefore(move)),
      won: count((move) => isAfter(move) && move.before === undefined),
      left: count((move) => isBefore(move) && !isAfter(move)),
    };
  });
  const movements = [null, ...rfmSegments].flatMap((from) =>
    rfmSegments.flatMap((to) => {
      const customers = count(
        ({ before, after }) => (before?.segment ?? null) === from && after.segment === to,
      );
      return customers === 0 ? [] : [{ from, to, customers }];
    }),
  );
  return { sizes, movements };
}
