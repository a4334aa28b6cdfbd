import { decimalsOf } from "../../../facts/money.ts";
import { formatMinor } from "../../../metrics/money.ts";
import type { StoredFact } from "../../../store/records/facts.ts";
import { isResponse, type StoredResponse } from "../../../store/records/responses.ts";
import type { AnswerOf } from "../../pipeline/answer.ts";
import type { factItemSchema } from "../customers/answers.ts";
import type { responseItemSchema } from "../responses/answers.ts";

/** Stored facts as they are answered: all that was sent, and what the ledger knows. */

export function presentResponse(stored: StoredResponse): AnswerOf<typeof responseItemSchema> {
  const { id, occurredAt, type: _, ...content } = stored.fact;
  return { id, ...content, ...whatLedgerKnows(stored), excluded: stored.excluded };
}

/** A stored fact of any type as it is answered, with its type. */
export function presentFact(stored: StoredFact): Omit<AnswerOf<typeof factItemSchema>, "customerId"> {
  if (isResponse(stored)) return { ...presentResponse(stored), type: stored.fact.type };
  const { id, occurredAt, ...content } = stored.fact;
  const known = { ...whatLedgerKnows(stored), ...(stored.excluded ? { excluded: true } : {}) };
  if (!("money" in content)) return { id, ...content, ...known };
  return { id, ...content, money: presentMoney(content.money), ...known };
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

/** An amount of money as it is sent and answered. */
export function presentMoney({
  amountMinor,
  currency,
}: {
  readonly amountMinor: bigint;
  readonly currency: string;
}): { amount: string; currency: string } {
  return { amount: formatMinor(amountMinor, decimalsOf(currency)), currency };
}
