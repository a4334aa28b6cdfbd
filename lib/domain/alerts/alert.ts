import * as z from "zod";
import { addDays, type Day, isDay } from "../calendar/days.ts";
import type { DayRange } from "../calendar/intervals.ts";
import { dayOf } from "../calendar/zones.ts";
import { chosenIdSchema, dimensionFiltersSchema, textSchema } from "../facts/base.ts";
import type { Filters } from "../facts/characteristics.ts";
import type { FieldError } from "../facts/field-error.ts";
import { currencySchema } from "../facts/money.ts";
import { namesMetric, unknownMetric } from "../metrics/known-metric.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { metricSettings, type Workspace } from "../workspace/settings.ts";
import type { Rule, Side } from "./course.ts";
import { sensitivities } from "./sensitivity.ts";

/** Alerts: metrics that are watched, and who is told when they are not what they usually are. */

/** How often an alert is judged: when a day closes, or an ISO week. */
export const rhythms = ["day", "week"] as const;

/** How often an alert is judged. */
export type Rhythm = (typeof rhythms)[number];

/** How an alert is written down, whichever metrics there are: what is read back from the store. */
export const storedAlertSchema = z.strictObject({
  metric: z.string({ error: "must be the id of a metric" }),
  name: textSchema(200)
    .optional()
    .meta({ description: "What it is called, for people", example: "Satisfaction in the shop" }),
  filter: dimensionFiltersSchema.optional().meta({
    description: "Only facts with all of these tracked dimensions: one value of each, or one of several",
    example: { channel: "shop" },
  }),
  every: z
    .enum(rhythms, { error: `must be one of ${rhythms.join(", ")}` })
    .optional()
    .meta({ description: "When it is judged: when a day closes, as when absent, or an ISO week" }),
  sensitivity: z
    .enum(sensitivities, { error: `must be one of ${sensitivities.join(", ")}` })
    .optional()
    .meta({
      description:
        "In how many of 100 months in which nothing changes it is raised at most: low 1, default 5, high 20. `default` when absent",
    }),
  webhooks: z
    .boolean({ error: "must be true or false" })
    .optional()
    .meta({ description: "Whether webhooks are told that subscribe to alerts, as when absent" }),
  topic: z.boolean({ error: "must be true or false" }).optional().meta({
    description:
      "Whether it is published as text to the deployment's alarm topic, to which people subscribe by e-mail; not when absent",
  }),
  convention: z
    .string({ error: "must be a text" })
    .optional()
    .meta({ description: "One of the metric's conventions; the workspace's or the first when absent" }),
  currency: currencySchema
    .optional()
    .meta({ description: "For money; the workspace's when absent", example: "GBP" }),
});

/** The body of `PUT /v1/alerts/{id}`. */
export const alertSchema = storedAlertSchema
  .refine(namesMetric, unknownMetric)
  .meta({ id: "AlertDefinition" });

/** An alert as a client sets it. */
export type AlertDefinition = z.output<typeof storedAlertSchema>;

/** An alert's id in the client's systems. */
export const alertIdSchema = chosenIdSchema.meta({
  description: "The alert's id, chosen by you",
  example: "csat-shop",
});

/** The scope of an alert, settled when it is set: later changes of the workspace's settings do not move it. */
export interface AlertScope {
  /** One of the metric's; empty for a metric that has none. */
  readonly convention: string;
  /** ISO 4217. */
  readonly currency: string;
}

const day = z.string().refine(isDay, "must be a day");

/** What an alert has been raised for, as it was when it was judged last. */
export const raisedSchema = z.object({
  since: day,
  on: day,
  side: z.enum(["above", "below"]),
  rule: z.enum(["shift", "point"]),
  chance: z.number(),
  deviations: z.number(),
  points: z.int(),
});

/** How an alert came to be cleared: the course came back, stays, late facts say that it never was elsewhere, or nobody counts its segment any more. */
export const endings = ["returned", "new-level", "restated", "untracked"] as const;

/** What is known of an alert since it was judged last. */
export const alertStateSchema = z.object({
  /** Up to which day. */
  judgedThrough: day,
  /** How many alerts of the workspace were judged together. */
  judgedTogether: z.int(),
  /** Whether too few days are known to judge it. */
  isLearning: z.boolean(),
  raised: raisedSchema.optional(),
  /** What it was raised for before. */
  cleared: raisedSchema.extend({ endedOn: day, how: z.enum(endings) }).optional(),
  uncounted: z.array(z.object({ from: day, to: day })).optional(),
});

/** What an alert is, or was, raised for. */
export interface Raised {
  /** The first day or week that was not usual, as far as can be told. */
  readonly since: Day;
  /** When it was raised. */
  readonly on: Day;
  readonly side: Side;
  readonly rule: Rule;
  /** How probable anything like it is within 30 days, or weeks, if nothing changes. */
  readonly chance: number;
  /** How far the days are from their usual level on average, in standard deviations. */
  readonly deviations: number;
  /** How many days or weeks. */
  readonly points: number;
}

/** What is known of an alert since it was judged last. */
export interface AlertState {
  readonly judgedThrough: Day;
  readonly judgedTogether: number;
  readonly isLearning: boolean;
  readonly raised?: Raised | undefined;
  readonly cleared?: (Raised & { readonly endedOn: Day; readonly how: (typeof endings)[number] }) | undefined;
  /** Days that say nothing: its dimension was not tracked then. */
  readonly uncounted?: readonly DayRange[] | undefined;
}

export interface Alert extends AlertScope {
  readonly id: string;
  readonly definition: AlertDefinition;
}

/** The values that facts must have for an alert. */
export function alertFilters({ filter = {} }: Pick<AlertDefinition, "filter">): Filters {
  return Object.fromEntries(Object.entries(filter).map(([name, values]) => [name, [values].flat()] as const));
}

/** The dimensions of an alert that its workspace does not track any more: nothing is counted for it, and nothing can be judged. */
export function untrackedOf(
  { definition }: Pick<Alert, "definition">,
  { trackedDimensions }: Pick<Workspace, "trackedDimensions">,
): string[] {
  return Object.keys(definition.filter ?? {}).filter((name) => !trackedDimensions.includes(name));
}

/** What is known of an alert, be it since its dimension is no longer tracked: then it is not raised any more. */
export function stateNow(
  alert: Pick<Alert, "definition"> & { readonly state?: AlertState | undefined },
  workspace: Pick<Workspace, "trackedDimensions">,
): AlertState | undefined {
  const { state } = alert;
  if (!state?.raised || untrackedOf(alert, workspace).length === 0) return state;
  const { raised, ...rest } = state;
  return { ...rest, cleared: { ...raised, endedOn: state.judgedThrough, how: "untracked" } };
}

/** So many times the dimension of an alert may be tracked again within the year that it is judged by. */
const maxUncounted = 10;

/**
 * The days that say nothing of an alert, since its dimension was not tracked: from the first that was not judged to that on which it was tracked again, which is counted in part. Judged as days
 * on which nothing happened, they would raise it.
 */
export function uncountedOf(
  { definition, state }: Pick<Alert, "definition"> & { readonly state?: AlertState | undefined },
  { trackedSince, timeZone }: Pick<Workspace, "trackedSince" | "timeZone">,
): readonly DayRange[] {
  if (!state) return [];
  const { judgedThrough, uncounted = [] } = state;
  const to = Object.keys(definition.filter ?? {})
    .flatMap((name) => (Object.hasOwn(trackedSince, name) ? [trackedSince[name] ?? ""] : []))
    .map((since) => dayOf(Date.parse(since), timeZone))
    .find((tracked) => tracked > judgedThrough);
  // On the day itself it is judged by the day before, again and again.
  if (to === undefined || uncounted.some((known) => known.to === to)) return uncounted;
  return [...uncounted, { from: addDays(judgedThrough, 1), to }].slice(-maxUncounted);
}

/** Whether two alerts watch the same thing in the same way: what is known of one holds for the other. */
export function watched({
  metric,
  filter,
  every = "day",
  sensitivity = "default",
  convention,
  currency,
}: AlertDefinition) {
  return { metric, filter, every, sensitivity, convention, currency };
}

/** Settles what an alert watches. */
export function settleAlert(definition: AlertDefinition, workspace: Workspace): AlertScope {
  const { convention, currency } = metricSettings(workspace, definition.metric, definition);
  return { convention, currency };
}

/** The errors of an alert whose fields are well-formed, each with a pointer into the definition. */
export function alertErrors(
  { convention, currency, filter = {} }: AlertDefinition,
  metric: AnyMetric,
  { trackedDimensions }: Pick<Workspace, "trackedDimensions">,
): FieldError[] {
  const known = metric.conventions ?? [];
  const errors: FieldError[] = [];
  const refuse = (pointer: string, detail: string) => errors.push({ pointer, detail });
  if (metric.isFromModel || metric.wholeHistory) {
    refuse("/metric", `has no course by day to watch: ${metric.id} is what everything before says`);
  }
  if (convention !== undefined && !known.includes(convention)) {
    refuse(
      "/convention",
      known.length > 0 ? `must be one of ${known.join(", ")}` : `${metric.id} has no conventions`,
    );
  }
  if (currency !== undefined && metric.unit !== "money") {
    refuse("/currency", `${metric.id} is not an amount of money`);
  }
  const names = Object.keys(filter);
  for (const name of names.filter((one) => !trackedDimensions.includes(one))) {
    refuse(`/filter/${name}`, "must be a tracked dimension: only these have counters by day");
  }
  if (names.length > 1) refuse("/filter", "must name one dimension: days have counters by one of them");
  return errors;
}
