import { alertFilters, stateNow, uncountedOf, untrackedOf } from "../domain/alerts/alert.ts";
import { judgeAlerts, type Transition } from "../domain/alerts/transitions.ts";
import { type Day, laterDay } from "../domain/calendar/days.ts";
import type { AnyMetric } from "../domain/metrics/metric.ts";
import { findMetric } from "../domain/metrics/registry.ts";
import type { Telling } from "../domain/webhooks/announcement.ts";
import type { Workspace } from "../domain/workspace/settings.ts";
import { type JudgedCourse, judgeCourse } from "../queries/alert-course.ts";
import { type AlertEvidence, meaningOf, readEvidence } from "../queries/alert-evidence.ts";
import { QueryRefusal } from "../queries/refusal.ts";
import { announce, type OutboxEntry } from "../store/outbox/outbox.ts";
import { listAlerts, noteJudgement, type StoredAlert } from "../store/settings/alerts.ts";
import type { StoreContext } from "../store/table/context.ts";
import { logger } from "../telemetry/logger.ts";
import { handOver } from "./webhooks/hand-over.ts";

/** The judgement of a workspace's alerts when its days have closed. */

/** What there is to tell of an alert. */
export interface AlertNews {
  readonly alert: StoredAlert;
  readonly metric: AnyMetric;
  readonly workspace: Workspace;
  readonly transition: Transition;
  /** What stands behind it, where it is raised. */
  readonly evidence: AlertEvidence | undefined;
}

/** Says what there is to tell, in the workspace's language. */
export type SayAlert = (news: AlertNews, type: "alert.raised" | "alert.cleared") => Telling;

/** So many tries, where somebody changes alerts meanwhile. */
const maxTries = 5;

/**
 * Judges the alerts of a workspace on its closed days. What is raised or cleared is written in one transaction with what tells of it: judging the same days
 * again tells nothing twice, and a judgement that was cut short is made again.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function judgeAlertsOf(
  context: StoreContext & { readonly workspace: Workspace },
  closedThrough: Day,
  say: SayAlert,
): Promise<void> {
  const { table, workspace } = context;
  for (let attempt = 1; attempt <= maxTries; attempt += 1) {
    const alerts = await listAlerts(table, workspace.id);
    if (alerts.length === 0) return;
    // A run that was overtaken judges the days of the one that was faster: what is not known of earlier ones would be taken back.
    const through = alerts.reduce(
      (latest, { state }) => laterDay(latest, state?.judgedThrough ?? latest),
      closedThrough,
    );
    const isWritten = await judge(context, alerts, through, say);
    if (isWritten) return;
  }
  throw new Error("alerts were changed faster than they can be judged");
}

/** @returns whether all that was to be written is: false where an alert was changed meanwhile */
async function judge(
  context: StoreContext & { readonly workspace: Workspace },
  alerts: readonly StoredAlert[],
  closedThrough: Day,
  say: SayAlert,
): Promise<boolean> {
  const courses: (JudgedCourse & { readonly alert: StoredAlert })[] = [];
  for (const alert of alerts) {
    if (untrackedOf(alert, context.workspace).length > 0) continue;
    const course = await readCourse(context, alert, closedThrough);
    if (course) courses.push({ alert, ...course });
  }
  const judged = courses.map(({ alert, verdict }) => {
    return { sensitivity: alert.definition.sensitivity ?? "default", before: alert.state, verdict } as const;
  });
  const transitions = judgeAlerts(judged, closedThrough);
  const changes = [
    ...courses.map(({ alert, metric }, at) => {
      return { alert, metric, transition: withUncounted(transitions[at], alert, context.workspace) };
    }),
    ...alerts.flatMap((alert) => withoutCounts(alert, context.workspace)),
  ];
  let isWritten = true;
  let [raised, cleared] = [0, 0];
  for (const { alert, metric, transition } of changes) {
    if (!transition || isKnown(alert, transition)) continue;
    isWritten = (await write(context, { alert, metric, transition }, closedThrough, say)) && isWritten;
    raised += Number(transition.raised !== undefined);
    cleared += Number(transition.cleared !== undefined);
  }
  logger.info("alerts", {
    ...{ workspace: context.workspace.id, date: closedThrough, alerts: alerts.length },
    ...{ judged: courses.length, raised, cleared },
  });
  return isWritten;
}

/** What is not answered, since it would be too much, is judged another time. */
async function readCourse(
  context: StoreContext & { readonly workspace: Workspace },
  alert: StoredAlert,
  closedThrough: Day,
): Promise<JudgedCourse | undefined> {
  try {
    return await judgeCourse(context, alert, closedThrough);
  } catch (error) {
    if (!(error instanceof QueryRefusal)) throw error;
    return undefined;
  }
}

/** Notes the days on which nobody counted: once later ones are judged, nothing else tells of them. */
function withUncounted(
  transition: Transition | undefined,
  alert: StoredAlert,
  workspace: Workspace,
): Transition | undefined {
  const uncounted = uncountedOf(alert, workspace);
  if (!transition || uncounted.length === 0) return transition;
  return { ...transition, state: { ...transition.state, uncounted } };
}

/** An alert that was raised, and that nobody counts any more: whoever was told of it is told that it ends. */
function withoutCounts(
  alert: StoredAlert,
  workspace: Workspace,
): { readonly alert: StoredAlert; readonly metric: AnyMetric; readonly transition: Transition }[] {
  const metric = findMetric(alert.definition.metric);
  const state = stateNow(alert, workspace);
  if (!metric || !state?.cleared || state === alert.state) return [];
  return [{ alert, metric, transition: { state, cleared: state.cleared } }];
}

function isKnown({ state }: StoredAlert, transition: Transition): boolean {
  return state !== undefined && JSON.stringify(ordered(state)) === JSON.stringify(ordered(transition.state));
}

/** A value whose fields come in the order of their names. */
function ordered(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, ordered(one)]),
  );
}

async function write(
  context: StoreContext & { readonly workspace: Workspace },
  { alert, metric, transition }: Pick<AlertNews, "alert" | "metric" | "transition">,
  closedThrough: Day,
  say: SayAlert,
): Promise<boolean> {
  const { table, workspace } = context;
  const { raised, cleared, state } = transition;
  const evidence = raised && (await readEvidence(context, alert, metric, raised, closedThrough));
  const news = { alert, metric, workspace, transition, evidence };
  const told = [
    ...(raised ? [announceNews(table.name, news, "alert.raised", say)] : []),
    ...(cleared ? [announceNews(table.name, news, "alert.cleared", say)] : []),
  ];
  const actions = told.flatMap((one) => one.actions);
  if (!(await noteJudgement(table, workspace.id, alert, state, actions))) return false;
  const entries: OutboxEntry[] = told.flatMap((one) => one.entries);
  await handOver(entries);
  return true;
}

function announceNews(
  tableName: string,
  news: AlertNews,
  type: "alert.raised" | "alert.cleared",
  say: SayAlert,
) {
  const { workspace, alert } = news;
  const announcement = { type, at: Date.now(), data: dataOf(news, type), telling: say(news, type) };
  return announce({ tableName, workspace }, announcement, alert.definition);
}

/** What webhooks get: no texts of customers, as these have to be erasable. */
function dataOf(
  { alert, metric, transition, evidence }: AlertNews,
  type: "alert.raised" | "alert.cleared",
): Record<string, unknown> {
  const { raised, cleared } = transition;
  const about = type === "alert.raised" ? raised : cleared;
  const { definition, convention, currency } = alert;
  return {
    alert: alert.id,
    metric: metric.id,
    ...(definition.name === undefined ? {} : { name: definition.name }),
    ...{ filter: alertFilters(definition), unit: metric.unit },
    ...(convention === "" ? {} : { convention }),
    ...(metric.unit === "money" ? { currency } : {}),
    ...about,
    ...(about ? { meaning: meaningOf(metric, convention, about) } : {}),
    judgedTogether: transition.state.judgedTogether,
    ...(type === "alert.raised" && evidence
      ? {
          change: evidence.change ?? null,
          where: evidence.where ?? null,
          topics: evidence.wrote?.topics ?? [],
        }
      : {}),
  };
}
