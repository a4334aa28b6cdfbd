import { createHash } from "node:crypto";
import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
  GetCommand,
  type GetCommandOutput,
  QueryCommand,
  type QueryCommandOutput,
} from "@aws-sdk/lib-dynamodb";
import { chunksOf } from "./chunks.ts";
import type { Table } from "./client.ts";
import type { Item } from "./items.ts";

/**
 * The reads behind something that is kept, and whether they would find the same again. Nothing has to be written for that: reading again is
 * cheap where an item says how often it was written (`w`), since of such items nothing else is asked for.
 */

type ReadCommand = GetCommand | BatchGetCommand | QueryCommand;
type ReadOutput = Partial<GetCommandOutput & BatchGetCommandOutput & QueryCommandOutput>;

/** So many are read again at the same time. */
const readsAtOnce = 16;

interface SeenRead {
  readonly command: ReadCommand;
  /** Says what it found. */
  readonly digest: string;
  /** How much it found: what reading it again costs about. */
  readonly size: number;
}

/** Reads that were watched. */
export class SeenReads {
  readonly #reads: SeenRead[] = [];
  #isWhole = true;

  /** The same table; what is read of it is remembered. */
  watch(table: Table): Table {
    const send = table.client.send.bind(table.client) as (...request: unknown[]) => Promise<ReadOutput>;
    const client = Object.create(table.client) as DynamoDBDocumentClient;
    const watched = async (...request: unknown[]) => {
      const output = await send(...request);
      const [command] = request;
      if (isRead(command)) this.#reads.push({ command: again(command, output), ...foundIn(output) });
      else this.#isWhole = false;
      return output;
    };
    return { ...table, client: Object.assign(client, { send: watched }) };
  }

  /** Notes that something else was read as well, of which nobody knows whether it stays. */
  giveUp(): void {
    this.#isWhole = false;
  }

  /** Whether `areCurrent` can ever say yes. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /**
   * Whether all of it would be read as it was. Costs as many read units as reading it did; less where something has changed: the others
   * that are left are not read any more.
   */
  async areCurrent({ client }: Table): Promise<boolean> {
    if (!this.#isWhole) return false;
    const send = client.send.bind(client) as (command: ReadCommand) => Promise<ReadOutput>;
    const isCurrent = async ({ command, digest }: SeenRead) => foundIn(await send(command)).digest === digest;
    const [asked, counted] = [true, false].map((is) =>
      this.#reads.filter((read) => isConsistent(read) === is).sort((one, other) => one.size - other.size),
    );
    for (const some of [asked ?? [], ...chunksOf(counted ?? [], readsAtOnce)]) {
      const same = await Promise.all(some.map(isCurrent));
      if (same.includes(false)) return false;
    }
    return true;
  }
}

/** What a page reads consistently comes first: it is little, and what somebody has just changed and wants to see. Then what costs least. */
function isConsistent({ command }: SeenRead): boolean {
  return "ConsistentRead" in command.input && command.input.ConsistentRead === true;
}

/** Whether a command reads items, and nothing else. */
export function isRead(command: unknown): command is ReadCommand {
  return (
    command instanceof GetCommand || command instanceof QueryCommand || command instanceof BatchGetCommand
  );
}

/** The command that finds out whether anything has changed. */
function again(command: ReadCommand, { Items: items = [] }: ReadOutput): ReadCommand {
  if (!(command instanceof QueryCommand) || items.length === 0 || !items.every(countsWrites)) return command;
  const { input } = command;
  return new QueryCommand({
    ...input,
    ProjectionExpression: "#pk, #sk, #w, #mark",
    ExpressionAttributeNames: {
      ...input.ExpressionAttributeNames,
      ...{ "#pk": "pk", "#sk": "sk", "#w": "w", "#mark": "gsi1sk" },
    },
  });
}

/** Whether an item has the number of its writes (see `addAction`). */
function countsWrites({ w }: Item): boolean {
  return typeof w === "number";
}

function foundIn({
  Item: item,
  Items: items,
  Responses: responses,
  ...output
}: ReadOutput): Pick<SeenRead, "digest" | "size"> {
  const found = [...(item ? [item] : []), ...(items ?? [])].map(textOf);
  // Answered in no order.
  const byKey = Object.values(responses ?? {}).flatMap((some) => some.map(textOf).sort());
  const rest = { more: output.LastEvaluatedKey, missing: output.UnprocessedKeys };
  const text = [...found, ...byKey, canonical(rest)].join("\n");
  return { digest: createHash("sha256").update(text).digest("base64"), size: text.length };
}

function textOf(item: Item): string {
  if (!countsWrites(item)) return contentOf(item);
  // Whether it is marked is said by the mark; packing changes no sum and counts as no write.
  return `${item["pk"]} ${item["sk"]} ${item["w"]} ${item["gsi1sk"]}`;
}

/** Of the hundreds of facts behind a page nearly all attributes are texts and numbers. */
function contentOf(item: Item): string {
  return Object.keys(item)
    .sort()
    .map((name) => {
      const value = item[name];
      return `${name}\u0001${typeof value === "string" || typeof value === "number" ? value : canonical(value)}`;
    })
    .join("\u0002");
}

/** A value as text, whatever the order in which an engine lists its attributes. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === "bigint") return `${part}n`;
    if (part instanceof Uint8Array) return Buffer.from(part).toString("base64");
    if (part instanceof Set) return [...part].sort();
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
