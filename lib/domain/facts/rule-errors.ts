import { addDays, type Day } from "../calendar/days.ts";
import { dayOf } from "../calendar/zones.ts";
import { dimensionFields } from "./characteristics.ts";
import type { FieldError } from "./field-error.ts";
import { decimalsOf } from "./money.ts";
import type { Fact } from "./parse.ts";
import type { SenderRules } from "./sender-rules.ts";

/** Epoch milliseconds, and where they are which day. */
interface Clock {
  readonly now: number;
  readonly timeZone: string;
}

/** The first day of which a key may send facts, and replace some; `undefined` for any. */
export function earliestBy(
  { maxAgeDays }: Pick<SenderRules, "maxAgeDays">,
  { now, timeZone }: Clock,
): Day | undefined {
  return maxAgeDays === null ? undefined : addDays(dayOf(now, timeZone), -maxAgeDays);
}

/** The fields of a fact that a key may not send; empty where it may send the fact. */
export function ruleErrors(fact: Fact, rules: SenderRules, clock: Clock): FieldError[] {
  const errors = [kindError(fact, rules), ...dimensionErrors(fact, rules)];
  const { maxCount, maxAmount, customers, replaces } = rules;
  if (!customers && fact.customerId !== undefined) {
    errors.push({ pointer: "/customerId", detail: "must be absent: this key may not name customers" });
  }
  if (!replaces) {
    const named = [fact.supersedes !== undefined && "supersedes", "latest" in fact && "latest"] as const;
    for (const name of named.filter((one) => one !== false)) {
      errors.push({ pointer: `/${name}`, detail: "must be absent: this key may not replace facts" });
    }
  }
  const earliest = earliestBy(rules, clock);
  if (earliest !== undefined && dayOf(fact.occurredAt, clock.timeZone) < earliest) {
    errors.push({ pointer: "/occurredAt", detail: `must not be before ${earliest} with this key` });
  }
  if (maxCount !== null && "count" in fact && (fact.count ?? 1) > maxCount) {
    errors.push({ pointer: "/count", detail: `must be at most ${maxCount} with this key` });
  }
  if (maxAmount !== null && "money" in fact) {
    const { money } = fact;
    const { currency } = money;
    const amountMinor = money.amountMinor * BigInt("quantity" in fact ? (fact.quantity ?? 1) : 1);
    const most = BigInt(maxAmount) * 10n ** BigInt(decimalsOf(currency));
    if (amountMinor > most) {
      errors.push({ pointer: "/money/amount", detail: `must be at most ${maxAmount} with this key` });
    }
  }
  return errors.filter((error) => error !== undefined);
}

function kindError(fact: Fact, { eventTypes, surveys }: SenderRules): FieldError | undefined {
  const [pointer, kind, allowed] =
    fact.type === "response" ? ["/survey", fact.survey, surveys] : ["/type", fact.type, eventTypes];
  if (allowed === null || allowed.includes(kind)) return undefined;
  const rest = allowed.length === 0 ? "it may send none" : `it may send ${allowed.join(", ")}`;
  return { pointer, detail: `is not allowed with this key: ${rest}` };
}

function dimensionErrors(fact: Fact, { dimensions: allowed }: SenderRules): FieldError[] {
  if (allowed === null) return [];
  const sent = Object.entries(fact.dimensions).map(([name, value]) => {
    return { pointer: `/dimensions/${name}`, name, value };
  });
  const fields = dimensionFields.flatMap((name) => {
    const value: unknown = Object.hasOwn(allowed, name) ? Reflect.get(fact, name) : undefined;
    return typeof value === "string" ? [{ pointer: `/${name}`, name, value }] : [];
  });
  // An answer counts under the dimensions of its ticket or its order: naming one is like naming their values.
  const links =
    fact.type !== "response"
      ? []
      : (["ticketId", "orderId"] as const).flatMap((name) => {
          const value = fact[name];
          return value === undefined ? [] : [{ pointer: `/${name}`, name, value }];
        });
  return [...sent, ...fields, ...links].flatMap(({ pointer, name, value }) => {
    if (!Object.hasOwn(allowed, name)) return [{ pointer, detail: "is not allowed with this key" }];
    const values = allowed[name] ?? null;
    return values === null || values.includes(value)
      ? []
      : [{ pointer, detail: "is a value that is not allowed with this key" }];
  });
}
