import type { ItemSize } from "./budget.ts";
import type { Table } from "./client.ts";
import { getItems } from "./items.ts";
import type { Key } from "./keys.ts";
import type { Deadline } from "./retries.ts";

/** Items that were read before it was known what for: one request instead of two, one after the other. */
export class ReadAhead {
  readonly #items: ReadonlyMap<string, Record<string, unknown> | undefined>;

  /** @param items by key; `undefined` for one that is not there */
  constructor(items: ReadonlyMap<string, Record<string, unknown> | undefined> = new Map()) {
    this.#items = items;
  }

  /** The items that are there, if all of these keys were read; else `undefined`. */
  all(keys: readonly Key[]): Record<string, unknown>[] | undefined {
    if (!keys.every((key) => this.#items.has(textOf(key)))) return undefined;
    return keys.map((key) => this.#items.get(textOf(key))).filter((item) => item !== undefined);
  }
}

/**
 * Reads items by key, strongly consistent: up to 100 in one request.
 * @throws StoreError `unavailable` when the table keeps throttling, `over-budget` when its budget is spent
 */
export async function readItems(
  table: Table,
  keys: readonly Key[],
  deadline: Deadline,
  size?: ItemSize,
): Promise<ReadAhead> {
  const items = new Map<string, Record<string, unknown> | undefined>(
    keys.map((key) => [textOf(key), undefined]),
  );
  for await (const item of getItems(table, keys, deadline, size)) {
    items.set(textOf({ pk: String(item["pk"]), sk: String(item["sk"]) }), item);
  }
  return new ReadAhead(items);
}

function textOf({ pk, sk }: Key): string {
  return `${pk}\n${sk}`;
}
