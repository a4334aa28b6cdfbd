import currencies from "currency-codes";
import * as z from "zod";

/**
 * Currencies that the package's list, that of 2024-06-25, leaves out: code → decimals (ISO 4217). To be looked through when the package
 * is updated, and when ISO 4217 is amended.
 */
const notInList: ReadonlyMap<string, number> = new Map([
  // Came later: Caribbean guilder (2025-03-31, in place of ANG) and Arab accounting dinar (2025-05-12).
  ["XCG", 2],
  ["XAD", 2],
  // Withdrawn shortly before, so that the past of a business is still in them: replaced by EUR (2023), SLE and ZWG (2024).
  ["HRK", 2],
  ["SLL", 2],
  ["ZWL", 2],
]);

/** The decimals of the currencies that were asked for and that are some: the package searches its list each time. */
const found = new Map<string, number>();

/** How many decimals a currency has (ISO 4217), or `undefined` for a code that is none. */
export function currencyDecimals(currency: string): number | undefined {
  const known = found.get(currency);
  if (known !== undefined) return known;
  const decimals = currencies.code(currency)?.digits ?? notInList.get(currency);
  if (decimals !== undefined) found.set(currency, decimals);
  return decimals;
}

/** How many decimals amounts are written with: two in a currency that is not known any more. */
export function decimalsOf(currency: string): number {
  return currencyDecimals(currency) ?? 2;
}

/** An ISO 4217 currency code in capitals. */
export const currencySchema = z
  .string()
  .regex(/^[A-Z]{3}$/, "must be an ISO 4217 code of three capital letters")
  .refine((code) => currencyDecimals(code) !== undefined, "is not a currency of ISO 4217")
  .meta({ description: "ISO 4217 currency code", example: "GBP" });

const amountPattern = /^(0|[1-9]\d{0,11})(\.\d{1,8})?$/;

/**
 * An amount of money: `{ "amount": "139.12", "currency": "GBP" }`. Not negative, at most 12 digits before the point,
 * no more decimals than the currency has. Parsed into whole minor units.
 */
export const moneySchema = z
  .strictObject({
    amount: z
      .string({ error: 'must be a decimal string, for example "139.12"' })
      .regex(
        amountPattern,
        'must be a decimal string, for example "139.12": not negative, at most 12 digits before the point',
      )
      .meta({ description: "Decimal string in major units", example: "139.12" }),
    currency: currencySchema,
  })
  .superRefine(({ amount, currency }, context) => {
    const decimals = currencyDecimals(currency);
    const given = amount.split(".")[1]?.length ?? 0;
    if (decimals !== undefined && given > decimals) {
      context.addIssue({
        code: "custom",
        path: ["amount"],
        message: `must have at most ${decimals} decimals in ${currency}`,
      });
    }
  })
  .meta({ id: "Money", description: "An amount of money" });

/** An amount in whole minor units of its currency. */
export interface Money {
  readonly amountMinor: bigint;
  /** ISO 4217. */
  readonly currency: string;
}

/** Money as a client sent it, in whole minor units. */
export function toMinorUnits({ amount, currency }: z.output<typeof moneySchema>): Money {
  const decimals = currencyDecimals(currency) ?? 0;
  const [whole = "0", fraction = ""] = amount.split(".");
  return { amountMinor: BigInt(whole + fraction.padEnd(decimals, "0")), currency };
}

/** Whether a fact is about some money, not about none. */
export function isMoreThanNothing({ money }: { readonly money: { readonly amount: string } }): boolean {
  return /[1-9]/.test(money.amount);
}

/** How a fact is refused that is about no money. */
export const moreThanNothing = { path: ["money", "amount"], message: "must be more than 0" };
