import type { Day } from "../../domain/calendar/days.ts";
import type { Segments } from "../../domain/entities/occurrences/base.ts";
import { reservedValues } from "../../domain/facts/base.ts";
import { characteristicOf } from "../../domain/facts/characteristics.ts";
import { leavingReason } from "../../domain/facts/customers.ts";
import type { Fact, PublicSender } from "../../domain/facts/parse.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import type { Table } from "../table/client.ts";
import { countedAs, otherValue, type WantedValue } from "./value-list.ts";
import { intents, leavingReasons, listWith, todayIn, touchpoints } from "./value-lists.ts";

/** Under which values of the tracked dimensions facts count. */

/** Stands for having no value of a dimension, as a group and as a filter. */
export const noValue = reservedValues.none;

/** A fact, the day on which it counts, and who sent it where that is a public key. */
export interface DatedFact {
  readonly fact: Fact;
  readonly day: Day;
  readonly publicKey?: PublicSender | undefined;
}

/** Under what a fact counts beside the total. */
export interface Grouping {
  readonly segments: Segments;
  /** See `EnrichedFact`. */
  readonly countedAs?: string;
}

/** The values that facts bring, by dimension. */
class WantedValues {
  readonly byDimension = new Map<string, Map<string, WantedValue>>();

  /** Takes note of a value, and gives it back. */
  note(dimension: string, value: string, sender: PublicSender | undefined): string {
    const values = this.byDimension.get(dimension) ?? new Map<string, WantedValue>();
    const isTrusted = sender === undefined || isNamed(sender, dimension, value);
    if (isTrusted || !values.has(value)) values.set(value, { value, isTrusted });
    this.byDimension.set(dimension, values);
    return value;
  }
}

/** Whether an administrator has named this value for a public key. */
function isNamed({ namedValues }: PublicSender, dimension: string, value: string): boolean {
  return Object.hasOwn(namedValues, dimension) && namedValues[dimension]?.includes(value) === true;
}

/**
 * Under what facts count, in their order. Values that are new get counters of their own as long as there is room: each list is read
 * and written at most once for all facts of a request, however many values they bring.
 */
export async function groupingsOf(
  table: Table,
  workspace: Workspace,
  facts: readonly DatedFact[],
): Promise<Grouping[]> {
  const wanted = new WantedValues();
  const { timeZone } = workspace;
  const found = facts.map(({ fact, day, publicKey }) => ({
    values: workspace.trackedDimensions.flatMap((name): [string, string][] => {
      const value = characteristicOf(fact, name, { day, timeZone });
      return value === undefined ? [] : [[name, wanted.note(name, value, publicKey)]];
    }),
    named: namedValueOf(fact, (list, value) => ({ list, value: wanted.note(list, value, publicKey) })),
  }));
  const read = [...wanted.byDimension].map(async ([dimension, values]) => {
    return [dimension, await listWith(table, workspace, dimension, [...values.values()])] as const;
  });
  const lists = new Map(await Promise.all(read));
  const today = todayIn(workspace);
  const counted = (dimension: string, value: string) => {
    const list = lists.get(dimension);
    return (list && countedAs(list, value, today)) ?? otherValue;
  };
  return found.map(({ values, named }) => {
    const as = named && counted(named.list, named.value);
    return {
      segments: Object.fromEntries(values.map(([name, value]) => [name, counted(name, value)])),
      ...(as === undefined || as === named?.value ? {} : { countedAs: as }),
    };
  });
}

/** The value of a fact of which only some are counted by name, and the list of these. */
function namedValueOf<Noted>(fact: Fact, note: (list: string, value: string) => Noted): Noted | undefined {
  if (fact.type === "response" && fact.survey === "visitor-intent") return note(intents, fact.choice);
  if (fact.type === "interaction.made") return note(touchpoints, fact.touchpoint);
  const reason = fact.type === "customer.left" ? leavingReason(fact) : undefined;
  return reason === undefined ? undefined : note(leavingReasons, reason);
}
