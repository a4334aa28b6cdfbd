import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { newSecret } from "../../domain/webhooks/signature.ts";
import type { Table } from "../table/client.ts";
import { isWritten } from "../table/conditional-write.ts";
import type { Item } from "../table/items.ts";
import { webhookSecretsKey } from "../table/keys.ts";
import { type Deadline, retryOnWriteConflict } from "../table/retries.ts";

/**
 * The secrets that deliveries are signed with: they have to be there to sign, so they are kept as they are, in items of their own that
 * nothing else reads. Nothing logs or answers them, but for a new one to whom asked for it.
 */

/** For so long the secret before is valid beside a new one. */
export const rotationHours = 24;

const storedSecrets = z.object({
  version: z.int(),
  /** The newest first. `validUntil` is absent for the newest: milliseconds since 1970-01-01T00:00:00Z. */
  secrets: z.array(z.object({ secret: z.string(), validUntil: z.number().optional() })),
});

/** The item of a webhook that gets its first secret. */
export function firstSecretItem(workspace: string, id: string, secret: string): Item {
  return { ...webhookSecretsKey(workspace, id), version: 1, secrets: [{ secret }] };
}

/** The secrets of a webhook that are valid, the newest first; none for one without a URL. */
export async function readSecrets(
  table: Table,
  workspace: string,
  id: string,
  now: number,
): Promise<string[]> {
  const stored = await read(table, workspace, id);
  return (stored?.secrets ?? [])
    .filter(({ validUntil }) => validUntil === undefined || validUntil > now)
    .map(({ secret }) => secret);
}

/**
 * Gives a webhook a new secret. The one before stays valid for a day; older ones end.
 * @returns the new one, and until when the one before is valid; `undefined` where the webhook has none
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export function rotateSecret(
  table: Table,
  workspace: string,
  id: string,
  now: number,
  deadline: Deadline,
): Promise<{ readonly secret: string; readonly previousUntil: number } | "none"> {
  const previousUntil = now + rotationHours * 3_600_000;
  return retryOnWriteConflict(deadline, async () => {
    const before = await read(table, workspace, id);
    const [newest] = before?.secrets ?? [];
    if (!before || !newest) return "none";
    const secret = newSecret();
    const secrets = [{ secret }, { secret: newest.secret, validUntil: previousUntil }];
    const isUnchanged = "version = :seen";
    const update = {
      TableName: table.name,
      Key: webhookSecretsKey(workspace, id),
      UpdateExpression: "SET secrets = :secrets, version = :next",
      ConditionExpression: isUnchanged,
      ExpressionAttributeValues: {
        ...{ ":secrets": secrets, ":seen": before.version, ":next": before.version + 1 },
      },
    };
    const isDone = await isWritten(table.client.send(new UpdateCommand(update)));
    return isDone ? { secret, previousUntil } : undefined;
  });
}

async function read(table: Table, workspace: string, id: string) {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: webhookSecretsKey(workspace, id), ConsistentRead: true }),
  );
  return Item && storedSecrets.parse(Item);
}
