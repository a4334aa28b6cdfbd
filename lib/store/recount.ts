import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { QueryCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { dayOf } from "../calendar/zones.ts";
import type { Workspace } from "../workspace/settings.ts";
import type { Table } from "./client.ts";
import { countedOccurrences, type PartialRecount, readCustomers, type StoredCustomer } from "./customers.ts";
import { isTransient } from "./errors.ts";
import { customerTimelineKey, timelineIndex } from "./keys.ts";
import { type LateCause, touchedBy } from "./late.ts";
import { backOff, type Deadline } from "./retries.ts";
import {
  countActions,
  counterActions,
  customerAction,
  difference,
  mostActions,
  type PlanContext,
} from "./transaction.ts";

/**
 * Counting customers again after `inactivityDays` or their segments have changed: each customer remembers how it has
 * been counted, so that the difference between then and now is exact, whenever and how often this runs.
 */

/**
 * Counts a customer with the workspace's setting. One whose change does not fit a transaction is counted in steps,
 * up to a day at a time.
 * @param cause why closed days change by it
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export async function recountCustomer(
  table: Table,
  workspace: Workspace,
  customerId: string,
  deadline: Deadline,
  cause: LateCause = "settings",
): Promise<void> {
  for (let attempt = 0; ; ) {
    const customers = await readCustomers(
      table,
      workspace.id,
      [customerId],
      workspace.inactivityDays,
      deadline,
    );
    const customer = customers.get(customerId);
    if (!customer || customer.version === 0) return;
    const step = nextStep(customer, workspace.inactivityDays);
    if (!step) return;
    const now = Date.now();
    const context: PlanContext = {
      tableName: table.name,
      workspace,
      today: dayOf(now, workspace.timeZone),
      commit: "",
      now,
      shard: attempt,
    };
    try {
      const tally = difference(customer, step);
      const touches = touchedBy(tally, cause);
      const actions = [customerAction(step, context), ...counterActions(tally, touches, context)];
      await table.client.send(new TransactWriteCommand({ TransactItems: actions }));
    } catch (error) {
      if (!(error instanceof TransactionCanceledException) && !isTransient(error)) throw error;
      attempt += 1;
      await backOff(attempt, deadline, error);
    }
  }
}

/** The customer after the next step towards a setting, or `undefined` when it is counted with it already. */
export function nextStep(
  customer: StoredCustomer,
  inactivityDays: number | null,
): StoredCustomer | undefined {
  const { recount, ...rest } = customer;
  if (recount) {
    // What was begun is finished first, with the setting that it was begun with.
    const done: StoredCustomer = rest;
    return fits(customer, done) ? done : furtherStep(customer, done, recount);
  }
  if (customer.inactivityDays === inactivityDays) return undefined;
  const done: StoredCustomer = { ...rest, inactivityDays };
  const previous = { previousInactivityDays: customer.inactivityDays };
  return fits(customer, done) ? done : furtherStep(customer, done, previous);
}

/** The step that goes as far towards `done` as fits one transaction. */
function furtherStep(
  customer: StoredCustomer,
  done: StoredCustomer,
  previous: Omit<PartialRecount, "through">,
): StoredCustomer {
  const changes = [...countedOccurrences(customer), ...countedOccurrences(done)];
  const days = [...new Set(changes.map(({ day }) => day))]
    .filter((day) => !customer.recount || day > customer.recount.through)
    .sort();
  let low = 0;
  let high = days.length - 1;
  const upTo = (index: number): StoredCustomer => ({
    ...done,
    recount: { ...previous, through: days[index] ?? "" },
  });
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(customer, upTo(middle))) low = middle;
    else high = middle - 1;
  }
  return upTo(low);
}

function fits(before: StoredCustomer, after: StoredCustomer): boolean {
  return 1 + countActions(difference(before, after)) <= mostActions;
}

/** A page of a workspace's customers. */
export interface CustomerPage {
  readonly ids: readonly string[];
  /** Where the next page begins; absent after the last one. */
  readonly next?: Record<string, unknown>;
}

/** Lists the customers of a workspace, a page at a time. */
export async function listCustomers(
  table: Table,
  workspace: string,
  start: Record<string, unknown> | undefined,
): Promise<CustomerPage> {
  const page = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: timelineIndex,
      KeyConditionExpression: "gsi1pk = :customers",
      ExpressionAttributeValues: { ":customers": customerTimelineKey(workspace, "").gsi1pk },
      Limit: 200,
      ...(start ? { ExclusiveStartKey: start } : {}),
    }),
  );
  return {
    ids: (page.Items ?? []).map((item) => String(item["gsi1sk"])),
    ...(page.LastEvaluatedKey ? { next: page.LastEvaluatedKey } : {}),
  };
}
