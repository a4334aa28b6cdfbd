import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Table } from "../table/client.ts";
import { isWriteConflict } from "../table/errors.ts";
import type { StaleMark } from "./counters.ts";

/** Marks on counter items that changed after their day's snapshot. */

/** Takes the marks off counter items that nobody has written since they were read. */
export async function clearMarks(table: Table, marks: readonly StaleMark[]): Promise<void> {
  const unique = new Map<string, StaleMark>();
  // A counter that two metrics read at different moments: the lower number of writes is the one both have seen.
  for (const mark of marks) {
    const id = `${mark.key.pk}\n${mark.key.sk}`;
    const known = unique.get(id);
    if (!known || mark.writes < known.writes) unique.set(id, mark);
  }
  await Promise.all([...unique.values()].map((mark) => clearMark(table, mark)));
}

async function clearMark(table: Table, { key, writes }: StaleMark): Promise<void> {
  const isUntouched = "#writes = :seen";
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { ...key },
        UpdateExpression: "REMOVE gsi1pk, gsi1sk",
        ConditionExpression: isUntouched,
        ExpressionAttributeNames: { "#writes": "w" },
        ExpressionAttributeValues: { ":seen": writes },
      }),
    );
  } catch (error) {
    // A fact arrived after the reading: its mark stays for the next run.
    if (!isWriteConflict(error)) throw error;
  }
}
