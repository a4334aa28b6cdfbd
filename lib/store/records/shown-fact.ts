import { decimalsOf } from "../../domain/facts/money.ts";
import { formatMinor } from "../../domain/metrics/money.ts";
import type { StoredFact } from "./facts.ts";
import { isResponse, type StoredResponse } from "./responses.ts";

/** Stored facts as they are shown, by answers and by webhooks: all that was sent, and what the ledger knows. */

export function shownResponse(stored: StoredResponse) {
  const { id, occurredAt, type: _, ...content } = stored.fact;
  return { id, ...content, ...whatLedgerKnows(stored), excluded: stored.excluded };
}

/** A stored fact of any type, with its type. */
export function shownFact(stored: StoredFact) {
  if (isResponse(stored)) return { ...shownResponse(stored), type: stored.fact.type };
  const { id, occurredAt, ...content } = stored.fact;
  const known = { ...whatLedgerKnows(stored), ...(stored.excluded ? { excluded: true } : {}) };
  if (!("money" in content)) return { id, ...content, ...known };
  return { id, ...content, money: shownMoney(content.money), ...known };
}

function whatLedgerKnows({ fact, day, recordedAt, erasedAt, supersededBy }: StoredFact) {
  return {
    occurredAt: new Date(fact.occurredAt).toISOString(),
    day,
    recordedAt: new Date(recordedAt).toISOString(),
    ...(erasedAt === undefined ? {} : { erasedAt }),
    ...(supersededBy === undefined ? {} : { supersededBy }),
  };
}

/** An amount of money as it is sent and shown. */
export function shownMoney({
  amountMinor,
  currency,
}: {
  readonly amountMinor: bigint;
  readonly currency: string;
}): { amount: string; currency: string } {
  return { amount: formatMinor(amountMinor, decimalsOf(currency)), currency };
}
