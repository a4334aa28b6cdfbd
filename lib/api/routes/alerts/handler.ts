import * as z from "zod";
import {
  type AlertState,
  alertErrors,
  alertIdSchema,
  alertSchema,
  settleAlert,
  stateNow,
  untrackedOf,
} from "../../../domain/alerts/alert.ts";
import { findMetric } from "../../../domain/metrics/registry.ts";
import { sequenceInterval } from "../../../domain/metrics/statistics/confidence-sequence.ts";
import type { Workspace } from "../../../domain/workspace/settings.ts";
import { type AlertEvidence, meaningOf, readEvidence } from "../../../queries/alert-evidence.ts";
import {
  deleteAlert,
  listAlerts,
  maxAlerts,
  readAlert,
  type StoredAlert,
  setAlert,
} from "../../../store/settings/alerts.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { decodeCursor, encodeCursor } from "../../pipeline/pagination.ts";
import { parseBody, parseQuery, refusePrototype, refuseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem, invalidBody, invalidParameters } from "../../pipeline/problem.ts";
import type {
  alertAnswerSchema,
  alertsSchema,
  alertWithEvidenceSchema,
  deletedAlertSchema,
} from "./answers.ts";
import { alertsQuerySchema } from "./query.ts";

/** Alerts over the API: set, read with what they are raised for, deleted. */

type AlertAnswer = AnswerOf<typeof alertAnswerSchema>;

const cursorSchema = z.strictObject({ after: alertIdSchema });

/** `GET /v1/alerts`: by id. */
export async function getAlerts(request: HttpRequest): Promise<Answer<AnswerOf<typeof alertsSchema>>> {
  const { table, workspace } = request;
  const { limit, cursor } = parseQuery(alertsQuerySchema, request.query);
  const alerts = await listAlerts(table, workspace.id, decodeCursor(cursorSchema, cursor)?.after);
  const items = alerts.slice(0, limit).map((alert) => present(alert, workspace));
  const last = items.at(-1);
  const nextCursor = last && items.length < alerts.length ? encodeCursor({ after: last.id }) : null;
  request.note({ alerts: items.length });
  return { status: 200, body: { items, nextCursor } };
}

/** `GET /v1/alerts/{id}`, with what stands behind it. */
export async function getAlert(
  request: HttpRequest,
): Promise<Answer<AnswerOf<typeof alertWithEvidenceSchema>>> {
  const { table, workspace, parameters } = request;
  refuseQuery(request.query);
  const id = parameters["id"] ?? "";
  const alert = alertIdSchema.safeParse(id).success ? await readAlert(table, workspace.id, id) : undefined;
  if (!alert) throw new HttpProblem(404, "there is no alert with this id");
  return { status: 200, body: { ...present(alert, workspace), ...(await evidenceOf(request, alert)) } };
}

/** `PUT /v1/alerts/{id}`: sets an alert. It is judged when the next day closes. */
export async function putAlert(request: HttpRequest): Promise<Answer<AlertAnswer>> {
  const { outcome, alert } = await storeAlert(request);
  return { status: outcome === "created" ? 201 : 200, body: present(alert, request.workspace) };
}

/**
 * Checks an alert and stores it.
 * @throws HttpProblem 400, 409 where there are too many, or 422
 */
export async function storeAlert(
  request: HttpRequest,
): Promise<{ readonly outcome: "created" | "replaced" | "unchanged"; readonly alert: StoredAlert }> {
  const { table, workspace, parameters, body, deadline } = request;
  const id = alertIdSchema.safeParse(parameters["id"]);
  if (!id.success) {
    const errors = id.error.issues.map(({ message }) => ({ pointer: "/id", detail: message }));
    throw invalidParameters(errors);
  }
  const definition = parseBody(alertSchema, refusePrototype(body, "filter"));
  const metric = findMetric(definition.metric);
  if (!metric) throw new Error("the schema lets no other metric pass");
  const errors = alertErrors(definition, metric, workspace);
  if (errors.length > 0) throw invalidBody(errors);
  const settled = { definition, scope: settleAlert(definition, workspace) };
  const set = await setAlert(table, workspace.id, id.data, settled, deadline);
  if (set.outcome === "full") {
    throw new HttpProblem(409, `a workspace has at most ${maxAlerts} alerts: delete one`);
  }
  request.note({ outcome: set.outcome });
  return { outcome: set.outcome, alert: set.value };
}

/** `DELETE /v1/alerts/{id}`. */
export async function removeAlert(
  request: HttpRequest,
): Promise<Answer<AnswerOf<typeof deletedAlertSchema>>> {
  const { table, workspace, parameters, deadline } = request;
  const id = parameters["id"] ?? "";
  const isDeleted =
    alertIdSchema.safeParse(id).success && (await deleteAlert(table, workspace.id, id, deadline));
  if (!isDeleted) throw new HttpProblem(404, "there is no alert with this id");
  return { status: 200, body: { id, status: "deleted" } };
}

async function evidenceOf(request: HttpRequest, alert: StoredAlert) {
  const state = stateNow(alert, request.workspace);
  const metric = findMetric(alert.definition.metric);
  const nothing = { change: null, fromUsual: null, where: null, wrote: null };
  if (!metric || !state?.raised) return nothing;
  const { raised, judgedThrough } = state;
  const found: AlertEvidence = await readEvidence(request, alert, metric, raised, judgedThrough);
  const sign = raised.side === "above" ? 1 : -1;
  const mean = sign * raised.deviations;
  return {
    change: found.change ? changeAnswer(found.change) : null,
    fromUsual: { mean, ...sequenceInterval(mean, raised.points, 1) },
    where: found.where
      ? { ...changeAnswer(found.where), dimension: found.where.dimension, group: found.where.group }
      : null,
    wrote: found.wrote ? { topics: [...found.wrote.topics], quotes: [...found.wrote.quotes] } : null,
  };
}

function changeAnswer({ now, before }: NonNullable<AlertEvidence["change"]>) {
  const { from, to, value, n } = now;
  return { now: { from, to, value, n }, before };
}

function present(alert: StoredAlert, workspace: Workspace): AlertAnswer {
  const { id, definition, convention, currency, createdAt, updatedAt } = alert;
  const metric = findMetric(definition.metric);
  const state = stateNow(alert, workspace);
  const withMeaning = <Of extends NonNullable<AlertState["raised"]>>(about: Of | undefined) =>
    about && metric ? { ...about, meaning: meaningOf(metric, convention, about) } : null;
  return {
    ...{ id, alert: definition },
    ...(metric ? { unit: metric.unit } : {}),
    ...(metric?.unit === "money" ? { currency } : {}),
    ...(convention === "" ? {} : { convention }),
    state: untrackedOf(alert, workspace).length > 0 ? "untracked" : stateOf(state),
    judgedThrough: state?.judgedThrough ?? null,
    judgedTogether: state?.judgedTogether ?? null,
    raised: withMeaning(state?.raised),
    cleared: withMeaning(state?.cleared),
    ...{ createdAt, updatedAt },
  };
}

/** In which state an alert is that can be judged. */
function stateOf(state: AlertState | undefined): AlertAnswer["state"] {
  if (!state) return "unjudged";
  if (state.raised) return "raised";
  return state.isLearning ? "learning" : "quiet";
}
