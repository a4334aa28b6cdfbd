import { AsyncLocalStorage } from "node:async_hooks";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** The cost of requests to the table, as DynamoDB itself reports it. */

/** Request units. */
export interface Units {
  read: number;
  write: number;
}

/** A write unit costs five times as much as a read unit (us-east-1, on demand). */
const writeWeight = 5;

/** The cost of units, in the price of a read unit. */
export function costOf({ read, write }: Units): number {
  return read + writeWeight * write;
}

const meter = new AsyncLocalStorage<Units>();

/** The same client, whose requests add what they cost to `used`; requests that DynamoDB refuses tell nothing, and count nothing. */
export function meteredClient(client: DynamoDBDocumentClient, used: Units): DynamoDBDocumentClient {
  const send = client.send.bind(client) as (...request: unknown[]) => unknown;
  const metered = Object.create(client) as DynamoDBDocumentClient;
  return Object.assign(metered, { send: (...request: unknown[]) => meter.run(used, () => send(...request)) });
}

interface Consumed {
  readonly CapacityUnits?: number;
}

/** Lets a client ask what its requests cost while somebody measures. */
export function addUnitMeter(client: DynamoDBClient): void {
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (request) => {
        const used = meter.getStore();
        if (!used) return next(request);
        const input = { ...request.input, ReturnConsumedCapacity: "TOTAL" } as typeof request.input;
        const answer = await next({ ...request, input });
        const { ConsumedCapacity: consumed } = answer.output as {
          readonly ConsumedCapacity?: Consumed | readonly Consumed[];
        };
        const units = [consumed ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
        used[/Get|Query/.test(commandName) ? "read" : "write"] += units;
        return answer;
      },
    // A client can be wrapped more than once: it measures once.
    { step: "initialize", priority: "low", name: "unitMeter", override: true },
  );
}
