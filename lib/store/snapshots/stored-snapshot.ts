import * as z from "zod";
import type { Day } from "../../domain/calendar/days.ts";
import type { Measurement } from "../../domain/metrics/metric.ts";
import { lateCauses } from "../../domain/metrics/restated-day.ts";
import { type StatedSettings, statedSettingsSchema } from "../../domain/workspace/settings.ts";
import { pack, unpack } from "../counters/packing.ts";
import type { ItemSize } from "../table/budget.ts";
import type { Item } from "../table/items.ts";
import { type Key, snapshotKey, snapshotRevisionKey } from "../table/keys.ts";
import type { Reason, Seen } from "./restatement-reason.ts";

/**
 * A snapshot as an item. What was measured is JSON text, and counters are packed bytes: the sums of squares of a day go beyond
 * what a number of the SDK holds, and measurements beyond what a number of DynamoDB does. Both take a fraction of the room
 * that they would take as attributes.
 */

/** Bytes of a snapshot at most. */
export const snapshotSize: ItemSize = { name: "snapshot", maxBytes: 200 * 1024, isAlike: true };

/** By how much each counter differs from the revision before. */
type CounterChanges = Readonly<Record<string, bigint>>;

/** A snapshot of one metric on one day. */
export interface Snapshot extends Omit<Measurement, "sample" | "remarks" | "method"> {
  readonly metric: string;
  readonly date: Day;
  /** The version of the metric's definition. */
  readonly version: number;
  readonly method?: string | undefined;
  /** The counters of the day from which it was computed. */
  readonly counts: Readonly<Record<string, bigint>>;
  /** The settings by which it was measured. */
  readonly settings: StatedSettings;
  /** From 1. */
  readonly revision: number;
  /** RFC 3339. */
  readonly takenAt: string;
  /** Why there is a new revision. */
  readonly restatedBecause?: (Reason & { readonly counters: CounterChanges }) | undefined;
  /** The late facts that the run knew of; nothing in earlier revisions, which no longer need it. */
  readonly seen: Seen;
  /** Raised by every write. */
  readonly checks: number;
}

const value = z.union([z.number(), z.string()]).nullable();

/** The measurement of a snapshot, as JSON text. */
const saidSchema = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(
    z.object({
      value,
      low: value,
      high: value,
      n: z.number(),
      components: z.record(z.string(), value),
      method: z.string().optional(),
    }),
  );

const packedSchema = z.instanceof(Uint8Array).transform((bytes) => {
  // In one order, whichever the counters were packed in.
  return Object.fromEntries([...unpack(bytes)].sort(([a], [b]) => (a < b ? -1 : 1)));
});

const reasonSchema = z.object({
  facts: z.int(),
  ids: z.array(z.string()),
  causes: z.array(z.enum(lateCauses)),
});

const storedSnapshot = z.object({
  metric: z.string(),
  date: z.string(),
  version: z.int(),
  said: saidSchema,
  counts: packedSchema,
  settings: statedSettingsSchema,
  revision: z.int(),
  takenAt: z.string(),
  restatedBecause: reasonSchema.extend({ counters: packedSchema }).optional(),
  seen: z
    .object({
      causes: z.partialRecord(z.enum(lateCauses), z.int()),
      families: z.array(z.string()),
      log: z.array(z.string()),
    })
    .default({ causes: {}, families: [], log: [] }),
  checks: z.int(),
});

/** The snapshot of an item. @throws z.ZodError when it is no such item */
export function snapshotOfItem(item: unknown): Snapshot {
  const { said, ...snapshot } = storedSnapshot.parse(item);
  return { ...snapshot, ...said };
}

/** The item of a metric's newest snapshot of a day. */
export function snapshotItem(workspace: string, snapshot: Snapshot): Item {
  const { metric, date, seen } = snapshot;
  return { ...snapshotKey(workspace, metric, date), ...withoutSeen(snapshot), seen };
}

/** The item that keeps a snapshot once there is a later revision. */
export function earlierRevisionItem(workspace: string, snapshot: Snapshot): Item {
  const { metric, date, revision } = snapshot;
  return { ...snapshotRevisionKey(workspace, metric, date, revision), ...withoutSeen(snapshot) };
}

function withoutSeen({ restatedBecause, ...snapshot }: Snapshot): Omit<Item, keyof Key> {
  const { value: stated, low, high, n, components, method, counts, settings } = snapshot;
  const { metric, date, version, revision, takenAt, checks } = snapshot;
  const { currency, convention, margin, maxLifespanMonths } = settings;
  return {
    ...{ metric, date, version },
    said: JSON.stringify({ value: stated, low, high, n, components, method }),
    counts: packed(counts),
    settings: { currency, convention, margin, maxLifespanMonths },
    ...{ revision, takenAt },
    ...(restatedBecause
      ? { restatedBecause: { ...restatedBecause, counters: packed(restatedBecause.counters) } }
      : {}),
    checks,
  };
}

/** Bytes that a snapshot may take: DynamoDB stores items of 400 KB, and names and short attributes need room. */
export const maxSnapshotBytes = 360 * 1024;

/**
 * The snapshot as it can be stored. Where it would be larger than an item, it leaves out which counters and facts changed, then its components:
 * what was said and counted stays.
 */
export function fittingSnapshot(snapshot: Snapshot): Snapshot {
  if (bytesOf(snapshot) <= maxSnapshotBytes) return snapshot;
  const { restatedBecause } = snapshot;
  const brief = {
    ...snapshot,
    restatedBecause: restatedBecause && { ...restatedBecause, ids: [], counters: {} },
  };
  return bytesOf(brief) <= maxSnapshotBytes ? brief : { ...brief, components: {} };
}

function bytesOf(snapshot: Snapshot): number {
  const { counts, restatedBecause, components, seen } = snapshot;
  const { counters = {}, ...reason } = restatedBecause ?? {};
  const texts = JSON.stringify([components, reason, seen]);
  return Buffer.byteLength(texts) + packed(counts).byteLength + packed(counters).byteLength;
}

function packed(counts: Readonly<Record<string, bigint>>): Uint8Array {
  return pack(new Map(Object.entries(counts)));
}

const restatedValue = z.object({ date: z.string(), revision: z.int(), said: saidSchema });

/** The attributes of a snapshot's item that `restatedValueOfItem` needs. */
export const restatedValueAttributes: readonly string[] = ["date", "revision", "said"];

/** The day, the revision and the value of a snapshot's item. @throws z.ZodError when it is no such item */
export function restatedValueOfItem(item: unknown): Pick<Snapshot, "date" | "revision" | "value"> {
  const { date, revision, said } = restatedValue.parse(item);
  return { date, revision, value: said.value };
}
