import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeFacts } from "../../lib/domain/archive/parquet.ts";
import { filePath } from "../../lib/domain/archive/paths.ts";
import type { ArchivedFact } from "../../lib/domain/archive/rows.ts";
import { tableOfType } from "../../lib/domain/archive/tables.ts";
import { addDays, type Day } from "../../lib/domain/calendar/days.ts";
import { defaultWorkspace } from "../../lib/domain/workspace/settings.ts";

/** Made-up purchases, a day at a time. The same ones on every run. */

/** How many there are, and on how many days up to which. */
export interface Shape {
  readonly facts: number;
  readonly days: number;
  readonly to: Day;
}

const channels = ["web", "store", "app", "phone"];
const plans = ["basic", "pro", "enterprise"];
const countries = ["de", "fr", "us", "gb", "it", "es", "nl"];

/** Numbers from 0 to below 1 (Park & Miller 1988). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** The purchases of each day, in order. */
export function* purchasesByDay({ facts, days, to }: Shape): Generator<readonly [Day, ArchivedFact[]]> {
  const random = randomFrom(20_261_129);
  const pick = (values: readonly string[]) => values[Math.floor(random() * values.length)] ?? "";
  for (let index = 0; index < days; index += 1) {
    const day = addDays(to, index + 1 - days);
    const start = Date.parse(`${day}T00:00:00Z`);
    const count = Math.floor((facts * (index + 1)) / days) - Math.floor((facts * index) / days);
    const own = Array.from({ length: count }, (_, number): ArchivedFact => {
      const orderId = `order-${day}-${number}`;
      const dimensions = { channel: pick(channels), plan: pick(plans), country: pick(countries) };
      const customerId = `customer-${Math.floor((random() * facts) / 4)}`;
      const money = { amountMinor: BigInt(100 + Math.floor(random() * 20_000)), currency: "USD" };
      const occurredAt = start + Math.floor(random() * 86_400_000);
      return {
        fact: { type: "purchase.made", id: orderId, orderId, occurredAt, customerId, dimensions, money },
        ...{ day, segments: {}, recordedAt: start + 86_400_000, excluded: false },
      };
    });
    yield [day, own];
  }
}

/** Writes the purchases as the archive's files, by the product's own writer. @param bucket the bucket's folder */
export function writeArchive(bucket: string, shape: Shape): void {
  const table = tableOfType("purchase.made");
  for (const [day, own] of purchasesByDay(shape)) {
    const path = join(bucket, filePath(table.name, defaultWorkspace, day));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, writeFacts(table, own));
  }
}

/** The purchases as lines of CSV, as PostgreSQL's COPY takes them. */
export function* csvLines(shape: Shape): Generator<string> {
  for (const [day, own] of purchasesByDay(shape)) {
    yield own
      .map(({ fact }) => {
        if (fact.type !== "purchase.made") throw new RangeError("only purchases are made");
        const { id, occurredAt, customerId = "", dimensions, money } = fact;
        const at = new Date(occurredAt).toISOString();
        const { channel, plan, country } = dimensions;
        return `${id},${at},${day},${customerId},${channel},${plan},${country},${Number(money.amountMinor) / 100}\n`;
      })
      .join("");
  }
}
