import * as z from "zod";
import { beginning, type Day, isDay } from "../calendar/days.ts";
import { isTimeZone } from "../calendar/zones.ts";
import { dimensionNameSchema } from "../facts/base.ts";
import { defaultStages, funnelNameSchema, stageSchema } from "../facts/journeys.ts";
import { currencyDecimals, currencySchema } from "../facts/money.ts";
import type { MetricSettings } from "../metrics/metric.ts";
import { findMetric, metrics } from "../metrics/registry.ts";
import type { CustomerEffect } from "../metrics/statistics/customer-effect.ts";
import { withoutTurning } from "../text/direction.ts";
import type { Subscriptions } from "../webhooks/subscription.ts";
import { latestAnswersSchema } from "./latest-answers.ts";

/** The settings of a workspace: what its days, its money and its metrics mean. */

const churnConventions = findMetric("churn-rate")?.conventions ?? [];

const conventionsByMetric = metrics
  .filter(({ conventions }) => conventions !== undefined)
  .map(({ id, conventions = [] }) => `${id}: ${conventions.join(" | ")}`)
  .join("; ");

function isConvention([id, convention]: readonly [string, string]): boolean {
  return findMetric(id)?.conventions?.includes(convention) === true;
}

/** At most so many funnels beside the journey: each adds cells to the counters of every journey. */
const maxFunnels = 5;

function stagesSchema() {
  return z
    .array(stageSchema)
    .min(2, "must name 2 to 10 stages")
    .max(10, "must name 2 to 10 stages")
    .refine((names) => new Set(names).size === names.length, "must not name a stage twice");
}

/** Characters that end a line, or are none. */
const forbiddenInNames = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Fillers, and what only chooses the shape of a character, are letters and marks as well (Unicode's `Default_Ignorable_Code_Point`); U+2800 is the braille pattern without dots. */
const seen = /[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** What people call a workspace. Joiners may be in it: languages are written with them, and families of emoji. */
export const workspaceNameSchema = z
  .string({ error: "must be a text" })
  .trim()
  .min(1, "must have 1 to 80 characters")
  .max(80, "must have 1 to 80 characters")
  .refine(
    (name) => !forbiddenInNames.test(name) && withoutTurning(name) === name,
    "must have no control characters",
  )
  .refine((name) => seen.test(name), "must have a character that one sees");

/** Every setting with its bounds and its default. */
export const settingsSchema = z
  .strictObject({
    name: workspaceNameSchema.nullable().meta({
      description: "What people see of the workspace in pages and reports; null: its id, which never changes",
      example: "Acme shop",
    }),
    timeZone: z
      .string()
      .refine(isTimeZone, "must be an IANA time zone, for example Europe/Berlin")
      .meta({ description: "IANA time zone in which days begin and end", example: "Europe/Berlin" }),
    currency: currencySchema,
    margin: z
      .number()
      .min(0, "must be from 0 to 1")
      .max(1, "must be from 0 to 1")
      .meta({ description: "Share of revenue that is margin, 0 to 1: used by customer lifetime value" }),
    maxLifespanMonths: z
      .int()
      .min(1, "must be from 1 to 1200")
      .max(1200, "must be from 1 to 1200")
      .meta({ description: "Cap on the lifespan that customer lifetime value assumes" }),
    predictionMonths: z
      .literal([3, 6, 12, 24], { error: "must be 3, 6, 12 or 24" })
      .meta({ description: "How many months ahead the value of customers is predicted" }),
    discountRate: z.number().min(0, "must be from 0 to 1").max(1, "must be from 0 to 1").meta({
      description:
        "A year's rate by which what customers are predicted to bring is discounted: 0.1 for 10 per cent, 0 for not at all",
    }),
    trackedDimensions: z
      .array(dimensionNameSchema)
      .max(10, "must name at most 10 dimensions")
      .refine((names) => new Set(names).size === names.length, "must not name a dimension twice")
      .meta({ description: "Dimensions that have counters of their own. Each costs 2 write units a fact." }),
    linkOrders: z.boolean({ error: "must be true or false" }).meta({
      description:
        "Whether answers may name their order (`orderId`) and then count under the dimensions of its purchase. A purchase costs 3 write units more, such an answer 2 to 4. It holds for facts that are recorded from then on",
    }),
    latestAnswers: latestAnswersSchema,
    inactivityDays: z
      .int()
      .min(1, "must be from 1 to 3650, or null")
      .max(3650, "must be from 1 to 3650, or null")
      .nullable()
      .meta({
        description:
          "A customer is lost on the last of this many days without a purchase; null: only by an explicit end",
      }),
    engagedTouchpoints: z.int().min(1, "must be from 1 to 50").max(50, "must be from 1 to 50").meta({
      description:
        "At how many different touchpoints an engaged customer has interacted in 30 days, at least",
    }),
    cartHours: z
      .int({ error: "must be an integer from 1 to 720" })
      .min(1, "must be an integer from 1 to 720")
      .max(720, "must be an integer from 1 to 720")
      .meta({
        description: "A cart is abandoned when it was not bought within this many hours of its start",
      }),
    responseCutOffDays: z.int().min(1, "must be from 1 to 365").max(365, "must be from 1 to 365").meta({
      description:
        "An invitation to a survey is answered up to so many days after the day on which it was sent, the last one included",
    }),
    journeyStages: stagesSchema().meta({
      description: "The stages of a customer's journey, the first one first",
    }),
    funnels: z
      .record(funnelNameSchema, stagesSchema())
      .refine(
        (funnels) => Object.keys(funnels).length <= maxFunnels,
        `must name at most ${maxFunnels} funnels`,
      )
      .meta({
        description:
          "Further funnels, each with stages of its own: its name, by which `journey-funnel` is asked (`funnel=`), and its stages, the first one first",
        example: { sales: ["lead", "qualified", "offer", "won"] },
      }),
    smallestChanges: z
      .record(z.string(), z.number().min(0, "must be a number of 0 or more"))
      .refine(
        (changes) => Object.keys(changes).every((id) => findMetric(id)),
        "must name metrics: GET /v1/metrics lists them",
      )
      .meta({
        description:
          "The least change of a metric that matters to you, in its unit (points, per cent, seconds, the currency): a certain change that is smaller has the verdict `too-small`. A metric that is not named has its own, `smallestChange` in the catalogue",
        example: { nps: 2, uptime: 0.1 },
      }),
    churnConvention: z
      .enum(churnConventions as [string, ...string[]])
      .meta({ description: "Which churn rate is answered when a query names none" }),
    conventions: z
      .record(z.string(), z.string())
      .refine((chosen) => Object.entries(chosen).every(isConvention), {
        error: `must name conventions of metrics: ${conventionsByMetric}`,
      })
      .meta({
        description:
          "Which convention of a metric is answered, snapshotted and reported when a query names none: by the metric's id. For churn-rate it comes before `churnConvention`.",
        example: { nps: "1-10" },
      }),
    earliestDay: z
      .string()
      .refine(isDay, "must be a day, YYYY-MM-DD")
      .refine((day) => day >= beginning, `must not be before ${beginning}`)
      .meta({
        description: `Facts before this day are refused; not before ${beginning}`,
        example: "2000-01-01",
      }),
    language: z
      .literal(["en", "de", "zh-Hant", "zh-Hans", "ja", "it"], {
        error: "must be one of en, de, zh-Hant, zh-Hans, ja, it",
      })
      .meta({ description: "The language in which alerts and digests are told" }),
    digest: z.literal(["off", "daily", "weekly"], { error: "must be off, daily or weekly" }).meta({
      description:
        "How often webhooks that subscribe to `digest.ready` are told what changed and matters: after each day, after each ISO week, or never",
    }),
    digestTopic: z.boolean({ error: "must be true or false" }).meta({
      description:
        "Whether the digest is published as text to the deployment's alarm topic as well, to which people subscribe by e-mail",
    }),
    publishToCloudWatch: z.boolean().meta({
      description:
        "Whether daily values and goals are published to CloudWatch (billed by the hours in which they are sent: about $0.01 a metric and month, three times that with a goal)",
    }),
  })
  .meta({ id: "WorkspaceSettings" });

/** The settings of a workspace. */
export type Settings = z.output<typeof settingsSchema>;

/** Entities of one kind that have to be counted again by settings that have changed. */
export interface OwedRecount {
  /** When the settings changed, RFC 3339. */
  readonly since: string;
  /** The version of the settings that asks for it. */
  readonly version: number;
  /** Where it goes on, as a page of the table's index gave it; absent before its first step. */
  readonly position?: string | undefined;
  /** When it made its last step, RFC 3339. */
  readonly steppedAt?: string | undefined;
}

/** A reconciliation that is running in steps. */
export interface RunningReconciliation {
  readonly id: string;
  /** When it made its last step, or began, RFC 3339. */
  readonly steppedAt: string;
}

/** What customers do to the variance of a metric, and by which settings its cases were told. */
export interface MeasuredEffects {
  readonly currency: string;
  /** Empty for a metric that has none. */
  readonly convention: string;
  /** In windows of growing length. */
  readonly windows: readonly CustomerEffect[];
}

/** What customers do to the variance of metrics, as it was measured from closed days. */
export interface MeasuredCustomers {
  /** The last day that was looked at. */
  readonly through: Day;
  /** Whether other days were still being closed. */
  readonly isPartial: boolean;
  /** By the metric's id. */
  readonly effects: Readonly<Record<string, MeasuredEffects>>;
}

/** A workspace: one tenant, with facts, counters and keys of its own. */
export interface Workspace extends Settings {
  readonly id: string;
  /** RFC 3339. */
  readonly createdAt: string;
  /** Raised by every change of the settings. */
  readonly version: number;
  /** For dimensions that are tracked since later than the workspace was made: the instant (RFC 3339). */
  readonly trackedSince: Readonly<Record<string, string>>;
  /** Since when answers are linked with orders (RFC 3339); absent where they are not. */
  readonly ordersLinkedSince?: string | undefined;
  /** By which keys of orders are made (see `orderKeyOf`): never shown, and never changed once it is there. */
  readonly orderSecret?: string | undefined;
  /** By kind of entity: what has to be counted again since the settings changed; empty or absent where nothing has. */
  readonly recounts?: Readonly<Record<string, OwedRecount>>;
  /** The kinds of entities of which there can be any, by name: each is noted before the first of its kind is stored. Absent where nobody noted them. */
  readonly entityKinds?: readonly string[] | undefined;
  /** On no day before this one there are counters: noted before the first one is stored. Absent where nobody noted it. */
  readonly countedFrom?: Day | undefined;
  /** Bytes of a stored fact at most: noted before a larger one is stored. Absent where nobody noted it. */
  readonly factBytes?: number | undefined;
  /** The reconciliation that is running in steps. */
  readonly reconciling?: RunningReconciliation | undefined;
  /** The earliest and the latest day that have a snapshot: they can lie before the workspace was made. */
  readonly snapshotsFrom?: Day | undefined;
  readonly snapshotsTo?: Day | undefined;
  /** Every day from the workspace's first to this one has its snapshot. */
  readonly snapshotsThrough?: Day | undefined;
  /** Absent until it was measured for the first time. */
  readonly customers?: MeasuredCustomers | undefined;
  /** The enabled webhooks, by id: what they hear of. Empty or absent where there are none. */
  readonly subscriptions?: Subscriptions | undefined;
  /** The last day that the latest digest told of. */
  readonly digestedThrough?: Day | undefined;
  /** The last day that the latest of the weekly predictions was asked to know. */
  readonly predictionsAskedThrough?: Day | undefined;
}

/** The settings of a new workspace. */
export const defaultSettings: Settings = {
  name: null,
  timeZone: "UTC",
  currency: "USD",
  margin: 1,
  maxLifespanMonths: 60,
  predictionMonths: 12,
  discountRate: 0,
  trackedDimensions: ["channel", "touchpoint"],
  linkOrders: false,
  latestAnswers: [],
  inactivityDays: null,
  engagedTouchpoints: 4,
  cartHours: 24,
  responseCutOffDays: 14,
  journeyStages: [...defaultStages],
  funnels: {},
  smallestChanges: {},
  churnConvention: "cohort",
  conventions: {},
  earliestDay: "2000-01-01",
  language: "en",
  digest: "off",
  digestTopic: false,
  publishToCloudWatch: false,
};

/** A workspace's id: lower-case letters, digits and hyphens. */
export const workspaceIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be 1 to 63 lower-case letters, digits or hyphens");

/** Settings of a workspace that can change what the same counters say: kept with what was said. */
export const statedSettingsSchema = z.object({
  currency: z.string(),
  /** Empty for a metric that has none. */
  convention: z.string(),
  margin: z.number(),
  maxLifespanMonths: z.number(),
});

/** The settings by which something was said. */
export type StatedSettings = z.output<typeof statedSettingsSchema>;

/** The settings for computing a metric that a question can override. */
export interface AskedSettings {
  /** One of the metric's conventions; the workspace's or the metric's first when absent, or of no meaning to the metric. */
  readonly convention?: string | undefined;
  /** ISO 4217; the workspace's when absent. */
  readonly currency?: string | undefined;
  /** The name of one of the workspace's funnels; its own journey when absent. */
  readonly funnel?: string | undefined;
  /** See `MetricSettings`. */
  readonly withinDays?: number | undefined;
  /** See `MetricSettings`. */
  readonly targetSeconds?: number | undefined;
  /** The workspace's when absent, as both of these: an earlier day was stated by those of then. */
  readonly margin?: number | undefined;
  readonly maxLifespanMonths?: number | undefined;
}

/** The settings that computing a metric needs. */
export function metricSettings(
  workspace: Workspace,
  metricId: string,
  asked: AskedSettings = {},
): MetricSettings {
  const { convention, currency = workspace.currency, funnel, withinDays } = asked;
  const known = findMetric(metricId)?.conventions ?? [];
  const ofWorkspace = [
    Object.hasOwn(workspace.conventions, metricId) ? workspace.conventions[metricId] : undefined,
    metricId === "churn-rate" ? workspace.churnConvention : undefined,
  ];
  const smallestChange = Object.hasOwn(workspace.smallestChanges, metricId)
    ? workspace.smallestChanges[metricId]
    : undefined;
  return {
    currency,
    currencyDecimals: currencyDecimals(currency) ?? 2,
    margin: asked.margin ?? workspace.margin,
    maxLifespanMonths: asked.maxLifespanMonths ?? workspace.maxLifespanMonths,
    journeyStages: (funnel === undefined ? undefined : workspace.funnels[funnel]) ?? workspace.journeyStages,
    funnel: funnel ?? "",
    withinDays: withinDays ?? null,
    targetSeconds: asked.targetSeconds ?? null,
    parts: null,
    ...(smallestChange === undefined ? {} : { smallestChange }),
    responseCutOffDays: workspace.responseCutOffDays,
    convention:
      [convention, ...ofWorkspace, ...known].find((one) => one !== undefined && known.includes(one)) ?? "",
  };
}

/** The workspace whose values the customer-experience dashboard draws unless the deployment names another. */
export const defaultWorkspace = "default";
