import * as z from "zod";

/** Which facts the holder of a key may send. A public key may send few unless an administrator allows more. */

/** The rules of a key as they are stored and handed on. `null` allows everything. */
export const senderRulesSchema = z.object({
  eventTypes: z.array(z.string()).nullable(),
  surveys: z.array(z.string()).nullable(),
  /** By name, the values that may be sent; `null` for any value. */
  dimensions: z.record(z.string(), z.array(z.string()).nullable()).nullable(),
  /** How many days before today a fact may lie. */
  maxAgeDays: z.number().nullable(),
  /** How many alike a fact may stand for. */
  maxCount: z.number().nullable(),
  /** The largest amount of money, in whole units of its currency. */
  maxAmount: z.number().nullable(),
  /** Whether facts may name a customer. */
  customers: z.boolean(),
  /** Whether facts may replace earlier ones of the same sender. */
  replaces: z.boolean(),
});

/** The rules of a key. */
export type SenderRules = Readonly<z.output<typeof senderRulesSchema>>;

/** Rules as they are stored and handed on: keys that were made before facts could replace others say nothing of that. */
export const storedRulesSchema = senderRulesSchema.partial({ replaces: true });

/** Rules with what old keys do not say: strangers may not replace what others have said. */
export function completeRules(
  { replaces, ...rules }: z.output<typeof storedRulesSchema>,
  isPublic: boolean,
): SenderRules {
  return { ...rules, replaces: replaces ?? !isPublic };
}

/** The rules of a key that nobody has limited. */
export const anything: SenderRules = {
  eventTypes: null,
  surveys: null,
  dimensions: null,
  maxAgeDays: null,
  maxCount: null,
  maxAmount: null,
  customers: true,
  replaces: true,
};

/** The default rules of a public key: a visitor's actions and answers, recent, without a customer. All visitors share the key: none takes back what another one has said. */
export const publicRules: SenderRules = {
  eventTypes: ["session.ended", "page.loaded", "search.landed", "cta.viewed", "cta.clicked"],
  surveys: ["nps", "csat", "ces", "task-completion", "visitor-intent"],
  dimensions: null,
  maxAgeDays: 2,
  maxCount: 1,
  maxAmount: 10_000,
  customers: false,
  replaces: false,
};
