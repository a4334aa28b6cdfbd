import { isDeepStrictEqual } from "node:util";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import {
  type Alert,
  type AlertDefinition,
  type AlertScope,
  type AlertState,
  alertStateSchema,
  storedAlertSchema,
  watched,
} from "../../domain/alerts/alert.ts";
import type { Action } from "../table/action.ts";
import type { Table } from "../table/client.ts";
import { isWriteConflict } from "../table/errors.ts";
import { alertCountKey, alertKey } from "../table/keys.ts";
import type { Deadline } from "../table/retries.ts";
import * as counted from "./counted-items.ts";

/** Alerts as they are stored, with what is known of each since it was judged last. */

/** At most so many alerts a workspace. */
export const maxAlerts = 50;

const asText = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

const storedAlert = z.object({
  ...counted.itemHistory,
  // As text: a client's numbers go further than those of the table.
  definition: asText(storedAlertSchema),
  state: asText(alertStateSchema).optional(),
  convention: z.string(),
  currency: z.string(),
});

/** Its `version` is raised by every change and every judgement. */
export interface StoredAlert extends Alert, counted.ItemHistory {
  /** Absent until it is judged for the first time. */
  readonly state?: AlertState | undefined;
}

const alerts: counted.CountedForm<StoredAlert> = {
  max: maxAlerts,
  key: alertKey,
  countKey: alertCountKey,
  counter: "alerts",
  size: { name: "alert", maxBytes: 8 * 1024, isAlike: true },
  toItem: ({ id: _, definition, state, ...alert }) => ({
    ...alert,
    definition: JSON.stringify(definition),
    ...(state ? { state: JSON.stringify(state) } : {}),
  }),
  fromItem: (item) => ({ ...storedAlert.parse(item), id: counted.idOf(item) }),
};

/** An alert as it is now, or `undefined`. */
export function readAlert(table: Table, workspace: string, id: string): Promise<StoredAlert | undefined> {
  return counted.readCounted(table, workspace, alerts, id);
}

/** The alerts of a workspace, by id. @param after only those after this id */
export function listAlerts(table: Table, workspace: string, after?: string): Promise<StoredAlert[]> {
  return counted.listCounted(table, workspace, alerts, after);
}

/**
 * Sets an alert: makes it, or replaces it. The same definition again changes nothing; one that watches the same thing keeps what is known of it.
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export function setAlert(
  table: Table,
  workspace: string,
  id: string,
  { definition, scope }: { readonly definition: AlertDefinition; readonly scope: AlertScope },
  deadline: Deadline,
): Promise<counted.SetItem<StoredAlert>> {
  const asStored: unknown = JSON.parse(JSON.stringify(definition));
  const plan = (before: StoredAlert | undefined): StoredAlert => {
    if (before && isDeepStrictEqual(before.definition, asStored)) return before;
    const isSame = before !== undefined && isDeepStrictEqual(watched(before.definition), watched(definition));
    const kept = isSame
      ? { convention: before.convention, currency: before.currency, state: before.state }
      : scope;
    return { ...kept, id, definition, ...counted.nextVersion(before) };
  };
  return counted.setCounted(table, workspace, alerts, id, plan, deadline);
}

/**
 * Notes what is known of an alert after a judgement, in one transaction with what tells of it.
 * @returns false where it was changed, judged or deleted meanwhile: nothing is written then
 */
export async function noteJudgement(
  table: Table,
  workspace: string,
  alert: StoredAlert,
  state: AlertState,
  telling: readonly Action[],
): Promise<boolean> {
  const update: Action = {
    Update: {
      TableName: table.name,
      Key: { ...alertKey(workspace, alert.id) },
      UpdateExpression: "SET #state = :state, version = :next",
      ConditionExpression: "version = :seen",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: {
        ":state": JSON.stringify(state),
        ":seen": alert.version,
        ":next": alert.version + 1,
      },
    },
  };
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems: [update, ...telling] }));
    return true;
  } catch (error) {
    if (isWriteConflict(error)) return false;
    throw error;
  }
}

/**
 * Deletes an alert.
 * @returns whether there was one with this id
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export function deleteAlert(
  table: Table,
  workspace: string,
  id: string,
  deadline: Deadline,
): Promise<boolean> {
  return counted.deleteCounted(table, workspace, alerts, id, deadline);
}
