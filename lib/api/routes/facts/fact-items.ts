import { currencyDecimals } from "../../../facts/money.ts";
import { formatMinor } from "../../../metrics/money.ts";
import type { StoredFact } from "../../../store/records/facts.ts";

/** Stored facts as they are answered: all that was sent, and what the ledger knows. */

/** A stored fact as it is answered. */
export function presentFact(stored: StoredFact): Readonly<Record<string, unknown>> {
  const { fact, day, recordedAt, erasedAt } = stored;
  const { id, occurredAt, type, ...content } = fact;
  const isResponse = type === "response";
  return {
    id,
    ...(isResponse ? {} : { type }),
    ...content,
    ...("money" in fact ? { money: presentMoney(fact.money) } : {}),
    occurredAt: new Date(occurredAt).toISOString(),
    day,
    recordedAt: new Date(recordedAt).toISOString(),
    ...(isResponse ? { excluded: stored.excluded } : {}),
    ...(erasedAt === undefined ? {} : { erasedAt }),
  };
}

/** An amount of money as it is sent and answered. */
export function presentMoney({
  amountMinor,
  currency,
}: {
  readonly amountMinor: bigint;
  readonly currency: string;
}): { amount: string; currency: string } {
  return { amount: formatMinor(amountMinor, currencyDecimals(currency) ?? 2), currency };
}
