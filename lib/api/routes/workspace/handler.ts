import { dayOf } from "../../../domain/calendar/zones.ts";
import { namesOfStages } from "../../../domain/entities/journey.ts";
import { entityNamed } from "../../../domain/entities/registry.ts";
import { type Settings, settingsSchema, type Workspace } from "../../../domain/workspace/settings.ts";
import { askForFirstPass, askForOwedRecounts } from "../../../jobs/recount-queue.ts";
import { entitiesAffectedBy, recountState } from "../../../store/settings/recounts.ts";
import { changeSettings, readWorkspace } from "../../../store/settings/workspaces.ts";
import { retryOnWriteConflict } from "../../../store/table/retries.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { parseBody, refuseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import type { workspaceSchema } from "./answers.ts";

type WorkspaceAnswer = AnswerOf<typeof workspaceSchema>;

/** The body of `PATCH /v1/workspace`: any of the settings. */
export const settingsPatchSchema = settingsSchema
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, "must change at least one setting")
  .meta({ id: "WorkspaceSettingsPatch" });

/** `GET /v1/workspace`. */
export async function getWorkspace({ workspace, query }: HttpRequest): Promise<Answer<WorkspaceAnswer>> {
  refuseQuery(query);
  return { status: 200, body: present(workspace) };
}

/** `PATCH /v1/workspace`: changes settings, and says what follows from it. */
export async function patchWorkspace(request: HttpRequest): Promise<Answer<WorkspaceAnswer>> {
  const { table } = request;
  const changes = parseBody(settingsPatchSchema, request.body);
  const given = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as Partial<Settings>;
  const affectedBy = (workspace: Workspace) =>
    entitiesAffectedBy(workspace, { ...workspace, ...given }).map(({ name }) => name);
  let known: Workspace | undefined = request.workspace;
  const { before, after } = await retryOnWriteConflict(request.deadline, async () => {
    // Where somebody else changes a setting at the same moment, theirs stays unless this request names it too.
    const current = known ?? (await readWorkspace(table, request.workspace.id));
    known = undefined;
    if (!current) throw new HttpProblem(404, "the workspace is gone");
    const version = current.version + 1;
    // Asked for before the change, so that a change whose recount cannot be asked for is not made.
    await askForOwedRecounts(current.id, {
      ...owedFor(current, given),
      ...Object.fromEntries(affectedBy(current).map((name) => [name, { version }])),
    });
    const changed = await changeSettings(table, current, given);
    return changed && { before: current, after: changed };
  });
  const effects = effectsOf(before, after, Date.now());
  await askForFirstPass(before.id, affectedBy(before));
  request.note({ changed: Object.keys(given).join(" ") });
  return { status: 200, body: { ...present(after), effects } };
}

/** The recounts that the workspace owes for settings that are given: sending a change again begins what was left of it. */
function owedFor(workspace: Workspace, given: Partial<Settings>): NonNullable<Workspace["recounts"]> {
  const owed = Object.entries(workspace.recounts ?? {}).filter(([name]) =>
    Object.keys(entityNamed(name).dependencies(workspace)).some((setting) => setting in given),
  );
  return Object.fromEntries(owed);
}

/** From when on each change holds, and what stays as it was. */
function effectsOf(before: Workspace, after: Workspace, now: number): string[] {
  const today = dayOf(now, after.timeZone);
  const effects: string[] = [];
  if (before.timeZone !== after.timeZone) {
    effects.push(
      `timeZone: takes effect on ${today}. Facts recorded from now on count on the days of ${after.timeZone}; facts recorded before keep the day of ${before.timeZone}. The days on which carts are abandoned, the hours of contacts and the hours at which invitations were answered are counted again in ${after.timeZone}.`,
    );
  }
  if (before.responseCutOffDays !== after.responseCutOffDays) {
    effects.push(
      "responseCutOffDays: takes effect for all days. All invitations are being counted again; snapshots of past days that change get new revisions.",
    );
  }
  if (before.journeyStages.join("\n") !== after.journeyStages.join("\n")) {
    effects.push(
      "journeyStages: takes effect for all days. All journeys are being counted again, without stages that are not named any more; snapshots of past days that change get new revisions.",
    );
  }
  if (namesOfStages(before.funnels).join("\n") !== namesOfStages(after.funnels).join("\n")) {
    effects.push(
      "funnels: takes effect for all days. All journeys are being counted again; snapshots of past days that change get new revisions.",
    );
  }
  if (before.inactivityDays !== after.inactivityDays) {
    effects.push(
      "inactivityDays: takes effect for all days. All customers are being counted again; snapshots of past days that change get new revisions.",
    );
  }
  if (before.cartHours !== after.cartHours) {
    effects.push(
      "cartHours: takes effect for all days. All carts are being counted again; snapshots of past days that change get new revisions.",
    );
  }
  if (before.engagedTouchpoints !== after.engagedTouchpoints) {
    effects.push(
      "engagedTouchpoints: takes effect for all days. All customers are being counted again; snapshots of past days that change get new revisions.",
    );
  }
  if (JSON.stringify(before.conventions) !== JSON.stringify(after.conventions)) {
    effects.push(
      "conventions: take effect at once in answers and in snapshots that are taken from now on; snapshots that are there keep the convention by which they were taken.",
    );
  }
  if (before.trackedDimensions.join() !== after.trackedDimensions.join()) {
    effects.push(
      `trackedDimensions: takes effect on ${today}. Facts recorded from now on count under these dimensions, on whatever day they happened; counters of earlier facts stay as they are.`,
    );
  }
  if (before.linkOrders !== after.linkOrders) {
    effects.push(
      after.linkOrders
        ? `linkOrders: takes effect on ${today}. Purchases and answers recorded from now on are linked by orderId, on whatever day they happened; an answer about a purchase that was recorded earlier keeps to its own dimensions.`
        : "linkOrders: takes effect at once. Answers with orderId are refused from now on; those that are there keep what they took from their orders.",
    );
  }
  if (JSON.stringify(before.latestAnswers) !== JSON.stringify(after.latestAnswers)) {
    effects.push(
      "latestAnswers: takes effect at once, for answers recorded from now on. Answers that are there stay as they are: those recorded before a survey was named go on counting beside the latest one.",
    );
  }
  if (before.currency !== after.currency) {
    effects.push(
      `currency: takes effect for answers from now on. They show ${after.currency} unless a query names another; amounts in other currencies keep their own counters, and snapshots that were taken stay as they are.`,
    );
  }
  return effects;
}

function present(workspace: Workspace): WorkspaceAnswer {
  const { id, createdAt, version, snapshotsFrom, snapshotsTo, snapshotsThrough, ...rest } = workspace;
  const {
    recounts,
    entityKinds,
    countedFrom,
    reconciling,
    customers,
    predictionsAskedThrough,
    digestedThrough,
    subscriptions,
    ...others
  } = rest;
  const { orderSecret, factBytes, ordersLinkedSince = null, ...settings } = others;
  const recount = recountState(workspace, Date.now());
  const closed = { snapshotsFrom: snapshotsFrom ?? null, snapshotsThrough: snapshotsThrough ?? null };
  return { id, createdAt, ...settings, ordersLinkedSince, ...closed, recount };
}
