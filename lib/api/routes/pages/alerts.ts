import { randomUUID } from "node:crypto";
import { type AlertDefinition, alertIdSchema, stateNow, untrackedOf } from "../../../domain/alerts/alert.ts";
import { findMetric, metrics } from "../../../domain/metrics/registry.ts";
import { renderAlertForm } from "../../../pages/alert-form.ts";
import { type ListedAlert, renderAlertsPage } from "../../../pages/alerts-page.ts";
import type { FormState } from "../../../pages/form-field.ts";
import { type AlertEvidence, readEvidence } from "../../../queries/alert-evidence.ts";
import type { SaidAlert } from "../../../report/alert-words.ts";
import { listAlerts, readAlert, type StoredAlert } from "../../../store/settings/alerts.ts";
import { isTooMuch } from "../../../store/table/errors.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import {
  type ChangeRequest,
  keepablePage,
  type PageRequest,
  pageAnswer,
  redirectTo,
} from "../../pipeline/page-endpoint.ts";
import { parseQuery, refuseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { removeAlert, storeAlert } from "../alerts/handler.ts";
import { editQuerySchema } from "./edit-query.ts";
import { dimensionFields, dimensionsOf, offeredDimensions } from "./form-dimensions.ts";
import { formErrorsOf } from "./form-errors.ts";

/** Alerts in the pages: listed, set, changed and removed. */

/** The alerts of a workspace whose metrics the catalogue has, as they are now, those that are raised first. */
export async function alertsOf({ table, workspace }: PageRequest): Promise<SaidAlert[]> {
  // Whatever the figures of the page have left of the budget.
  const { budget: _, ...unlimited } = table;
  const stored = await listAlerts({ ...unlimited, isEventual: false }, workspace.id);
  const all = stored.map((alert) => ({ ...alert, state: stateNow(alert, workspace) }));
  const isRaised = ({ state }: StoredAlert) => Number(state?.raised !== undefined);
  return all
    .toSorted((a, b) => isRaised(b) - isRaised(a))
    .flatMap((alert) => {
      const metric = findMetric(alert.definition.metric);
      return metric ? [{ alert, metric }] : [];
    });
}

/** `GET /alerts`: all alerts, with what stands behind those that are raised, as far as one page may read. */
export async function showAlerts(request: PageRequest): Promise<TextAnswer> {
  refuseQuery(request.query);
  const listed: ListedAlert[] = [];
  for (const said of await alertsOf(request)) {
    const untracked = untrackedOf(said.alert, request.workspace);
    listed.push({ ...said, untracked, evidence: await evidenceOf(request, said) });
  }
  return keepablePage(renderAlertsPage(request.frame, listed));
}

async function evidenceOf(
  request: PageRequest,
  { alert, metric }: SaidAlert,
): Promise<AlertEvidence | undefined> {
  const { raised, judgedThrough = "" } = alert.state ?? {};
  if (!raised) return undefined;
  try {
    return await readEvidence(request, alert, metric, raised, judgedThrough);
  } catch (error) {
    if (!isTooMuch(error)) throw error;
    return undefined;
  }
}

/** `GET /alerts/edit`: the form, with what there is under the id. */
export async function showAlertForm(request: PageRequest): Promise<TextAnswer> {
  const { id = "" } = parseQuery(editQuerySchema, request.query);
  const values = id === "" ? { sensitivity: "default" } : valuesOf(await knownAlert(request, id));
  return pageAnswer(renderForm(request, id, { values, errors: [] }));
}

/** `POST /alerts/edit`: saves or removes an alert, or says beside the fields what is wrong with them. */
export async function changeAlert(request: ChangeRequest): Promise<TextAnswer> {
  const { form } = request;
  const { id = "", action } = form;
  const parameters = { id: id === "" ? randomUUID() : id };
  try {
    if (action === "remove") await removeAlert({ ...request, parameters });
    else {
      const before = id === "" ? undefined : await knownAlert(request, id);
      await storeAlert({ ...request, parameters, body: bodyOf(form, before) });
    }
  } catch (error) {
    const errors = formErrorsOf(error, fieldOf);
    return pageAnswer(renderForm(request, id, { values: form, errors }), 422);
  }
  return redirectTo("/alerts");
}

/** The convention and the currency are not in the form: they stay as they were if the metric is the same. */
function bodyOf(form: ChangeRequest["form"], before: AlertDefinition | undefined): object {
  const { metric = "", every, sensitivity, webhooks, topic, name } = form;
  const filter = dimensionsOf(form);
  const { convention, currency } = before?.metric === metric ? before : {};
  const given = {
    ...{ metric, every, sensitivity, name, convention, currency },
    webhooks: webhooks === undefined ? undefined : webhooks === "true",
    topic: topic === "true" ? true : undefined,
    filter: Object.keys(filter).length > 0 ? filter : undefined,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ""));
}

function fieldOf(pointer: string): string {
  const [name = "", inner = ""] = pointer.slice(1).split("/");
  return name === "filter" && inner !== "" ? `filter.${inner}` : name;
}

async function knownAlert({ table, workspace }: PageRequest, id: string): Promise<AlertDefinition> {
  const alert = alertIdSchema.safeParse(id).success ? await readAlert(table, workspace.id, id) : undefined;
  if (!alert) throw new HttpProblem(404, "there is no alert with this id");
  return alert.definition;
}

function valuesOf({ metric, every, sensitivity, webhooks, topic, name, filter = {} }: AlertDefinition) {
  return {
    ...{ metric, every: every ?? "day", sensitivity: sensitivity ?? "default" },
    webhooks: String(webhooks ?? true),
    topic: String(topic ?? false),
    ...(name === undefined ? {} : { name }),
    ...dimensionFields(filter),
  };
}

function renderForm({ frame, workspace }: PageRequest, id: string, state: FormState): string {
  const dimensions = offeredDimensions(workspace.trackedDimensions, state.values);
  const watchable = metrics.filter(({ isFromModel, wholeHistory }) => !isFromModel && !wholeHistory);
  return renderAlertForm(frame, { id, metrics: watchable, dimensions, state });
}
