import * as z from "zod";
import type { Day } from "../../domain/calendar/days.ts";
import type { Api } from "./api.ts";
import type { Effect } from "./planted.ts";
import type { Span } from "./story.ts";

/** Reading from the API what the planted events did. */

/** A number as the API says it: money is a decimal string. */
export type Read = number | string | null;

/** An effect as a metric measures it. */
export interface Measured {
  readonly effect: Effect;
  readonly unit: string;
  /** Of money. */
  readonly currency: string | undefined;
  /** Of as many days before, and of the days in which it shows. */
  readonly before: Read;
  readonly during: Read;
  /** Whether the metric's change is more than chance; `null` where that is no question. */
  readonly significant: boolean | null;
}

const readSchema = z.union([z.number(), z.string(), z.null()]);

const answerSchema = z.object({
  unit: z.string(),
  currency: z.string().optional(),
  series: z.array(z.object({ value: readSchema, components: z.record(z.string(), readSchema) })).min(1),
  comparison: z
    .array(
      z.object({ from: z.string(), to: z.string(), value: readSchema, significant: z.boolean().nullable() }),
    )
    .optional(),
});

/** Asks the API for an effect. */
export async function measure(api: Api, effect: Effect, dayAt: (index: number) => Day): Promise<Measured> {
  const { metric, component, span } = effect;
  const { unit, currency, series, comparison } = await ask(api, metric, rangeOf(span, dayAt));
  const [entry] = series;
  const [compared] = comparison ?? [];
  if (component === undefined) {
    const { value = null, significant = null } = compared ?? {};
    return { effect, unit, currency, before: value, during: entry?.value ?? null, significant };
  }
  const length = span.last - span.first + 1;
  const earlier = { first: span.first - length, last: span.first - 1 };
  const before = await ask(api, metric, rangeOf(earlier, dayAt));
  return {
    ...{ effect, currency },
    unit: component.includes("Percent") ? "percent" : "count",
    before: before.series[0]?.components[component] ?? null,
    during: entry?.components[component] ?? null,
    significant: null,
  };
}

function ask(api: Api, metric: string, range: string) {
  return api.get(`/v1/metrics/${metric}?${range}&compare=previous`, answerSchema);
}

function rangeOf({ first, last }: Span, dayAt: (index: number) => Day): string {
  return `from=${dayAt(first)}&to=${dayAt(last)}`;
}

/** Whether a number moved as it was planted. */
export function isAsPlanted({ effect, before, during }: Measured): boolean {
  if (before === null || during === null) return false;
  const change = Number(during) - Number(before);
  return effect.moves === "up" ? change > 0 : change < 0;
}
