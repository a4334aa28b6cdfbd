import type { BatchGetCommandOutput, DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Table } from "./client.ts";
import { isRead } from "./seen-reads.ts";

/**
 * The same table for one answer that asks for the same in several places: each read is sent once, and answered from memory from then on. Whoever
 * writes in between has to use another one.
 */
export function readOnce(table: Table): Table {
  const send = table.client.send.bind(table.client) as (...request: unknown[]) => Promise<unknown>;
  const answers = new Map<string, Promise<unknown>>();
  const once = (...request: unknown[]) => {
    const [command] = request;
    if (!isRead(command)) return send(...request);
    const name = `${command.constructor.name} ${JSON.stringify(command.input)}`;
    const known = answers.get(name);
    if (known) return known;
    const answer = send(...request);
    answers.set(name, answer);
    // Who tries again means to read again, also where the table left out a part.
    answer.then(
      (output) => hasLeftOut(output) && answers.delete(name),
      () => answers.delete(name),
    );
    return answer;
  };
  const client = Object.create(table.client) as DynamoDBDocumentClient;
  return { ...table, client: Object.assign(client, { send: once }) };
}

function hasLeftOut(output: unknown): boolean {
  const { UnprocessedKeys: left = {} } = output as Pick<BatchGetCommandOutput, "UnprocessedKeys">;
  return Object.keys(left).length > 0;
}
