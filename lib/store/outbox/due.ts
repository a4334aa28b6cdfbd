import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Table } from "../table/client.ts";
import { isWritten } from "../table/conditional-write.ts";
import { queryItems } from "../table/items.ts";
import {
  deliveryKey,
  deliveryTimelineKey,
  dueDeliveriesPartition,
  timelineIndex,
  timelineSpread,
} from "../table/keys.ts";
import type { EntryReference } from "./outbox.ts";

/** Deliveries of all workspaces that nobody has handed over, or whose next try is due. */

/** One of them, with its place in the index. */
export interface DueDelivery extends EntryReference {
  readonly place: string;
}

/** One of the partitions over which they spread, those due longest first. */
async function* dueIn(table: Table, part: string, now: number): AsyncGenerator<DueDelivery> {
  const items = queryItems(table, {
    IndexName: timelineIndex,
    KeyConditionExpression: "gsi1pk = :pk AND gsi1sk < :now",
    ExpressionAttributeValues: {
      ":pk": dueDeliveriesPartition(part),
      ":now": new Date(now).toISOString(),
    },
  });
  for await (const { gsi1sk } of items) {
    const place = String(gsi1sk);
    const [, workspace = "", webhook = "", id = ""] = place.split("#");
    yield { workspace, webhook, id, place };
  }
}

/** The deliveries of every partition that are due, apart. */
export function dueDeliveries(table: Table, now: number): AsyncGenerator<DueDelivery>[] {
  return timelineSpread.map((part) => dueIn(table, part, now));
}

/**
 * Takes a delivery for the sweep that hands it over, unless it has been made or taken since it was listed.
 * @param sweptAt when it is swept up again, if it still waits then
 */
export function takeDue(table: Table, due: DueDelivery, sweptAt: number): Promise<boolean> {
  const isUnchanged = "gsi1sk = :seen";
  const update = new UpdateCommand({
    TableName: table.name,
    Key: deliveryKey(due),
    UpdateExpression: "SET gsi1sk = :next",
    ConditionExpression: isUnchanged,
    ExpressionAttributeValues: {
      ...{ ":seen": due.place, ":next": deliveryTimelineKey(due, sweptAt).gsi1sk },
    },
  });
  return isWritten(table.client.send(update));
}
