import * as z from "zod";
import type { AnyEntity } from "../../domain/entities/entity.ts";
import type { History, Step } from "../../domain/entities/history.ts";
import { lateCauses } from "../../domain/metrics/restated-day.ts";
import { defaultSettings } from "../../domain/workspace/settings.ts";
import { entityKey, entityTimelineKey } from "../table/keys.ts";
import type { CountedState, PartialRecount, StoredEntity } from "./stored-entity.ts";

/** The item of an entity: its history as flat lists, and the settings under which it has been counted. */

const segments = z.record(z.string(), z.string());
const dependencies = z.record(
  z.string(),
  z.union([z.number(), z.string(), z.null(), z.array(z.string()).readonly()]),
);

const storedState = {
  /** By the code of their kind, flat: day, instant and detail (see `encodeText`) where the kind has them, times, the sum likewise, and again. */
  steps: z.record(z.string(), z.array(z.union([z.number(), z.string()]))),
  origin: z.object({ rank: z.number(), at: z.number(), factId: z.string(), segments }).nullable(),
  dependencies,
};

const storedItem = z.object({
  entityId: z.string(),
  person: z.string().optional(),
  version: z.int(),
  ...storedState,
  recount: z.object({ previous: z.object(storedState), cause: z.enum(lateCauses) }).optional(),
});

/** The item of an entity, with one version more than it was read with. */
export function entityItem(workspace: string, stored: StoredEntity): Record<string, unknown> {
  return {
    ...entityKey(workspace, stored.entity.name, stored.id),
    ...entityTimelineKey(workspace, stored.entity.name, stored.id),
    entityId: stored.id,
    ...(stored.person === undefined ? {} : { person: stored.person }),
    version: stored.version + 1,
    ...encodeState(stored.entity, stored),
    ...(stored.recount ? { recount: encodeRecount(stored.entity, stored.recount) } : {}),
  };
}

function encodeState(entity: AnyEntity, { history, dependencies: settings }: CountedState) {
  return { steps: encodeSteps(entity, history), origin: history.origin, dependencies: settings };
}

function encodeRecount(entity: AnyEntity, { previous, cause }: PartialRecount) {
  return { previous: encodeState(entity, previous), cause };
}

function encodeSteps({ steps: kinds }: AnyEntity, { steps }: History): Record<string, (number | string)[]> {
  const encoded = Object.entries(kinds).map(([kind, { code, instant, detail, sum }]) => {
    const texts = new Map<string, number>();
    const flat = (steps[kind] ?? []).flatMap((step) => [
      step.day,
      ...(instant ? [step.at] : []),
      ...(detail ? [encodeText(step.detail, texts)] : []),
      step.times,
      ...(sum ? [encodeSum(step.sum ?? 0n)] : []),
    ]);
    return [code, flat] as const;
  });
  return Object.fromEntries(encoded.filter(([, flat]) => flat.length > 0));
}

/** A text where it comes for the first time, its number afterwards: few different ones come again and again. */
function encodeText(text: string, numbers: Map<string, number>): string | number {
  const number = numbers.get(text);
  if (number === undefined) numbers.set(text, numbers.size);
  return number ?? text;
}

/** A number while that is exact. */
function encodeSum(sum: bigint): number | string {
  return sum <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(sum) : String(sum);
}

function decodeText(encoded: string | number | undefined, texts: string[]): string {
  if (typeof encoded === "number") return texts[encoded] ?? "";
  texts.push(encoded ?? "");
  return encoded ?? "";
}

function decodeSteps({ steps: kinds }: AnyEntity, encoded: z.output<typeof storedItem>["steps"]) {
  const decoded = Object.entries(kinds).map(([kind, { code, instant, detail, sum }]) => {
    const flat = (encoded[code] ?? []).values();
    const texts: string[] = [];
    const steps: Step[] = [];
    for (const day of flat) {
      const at = instant ? Number(flat.next().value) : 0;
      const text = detail ? decodeText(flat.next().value, texts) : "";
      const times = Number(flat.next().value);
      const added = sum ? { sum: BigInt(flat.next().value ?? 0) } : {};
      steps.push({ day: Number(day), at, detail: text, times, ...added });
    }
    return [kind, steps] as const;
  });
  return Object.fromEntries(decoded);
}

function decodeState(
  entity: AnyEntity,
  { steps, origin, dependencies: settings }: Omit<z.output<typeof storedItem>, "entityId" | "version">,
): CountedState {
  return {
    history: { steps: decodeSteps(entity, steps), origin },
    // A setting that is younger than the item has counted nothing yet: as if it had been there from the start.
    dependencies: { ...entity.dependencies(defaultSettings), ...settings },
  };
}

/**
 * The entity of an item.
 * @param through how far it has been counted anew, where it is being counted
 * @throws z.ZodError when it is no such item
 */
export function entityOfItem(entity: AnyEntity, item: unknown, through = ""): StoredEntity {
  const stored = storedItem.parse(item);
  const { entityId, person, version, recount } = stored;
  const partial = recount && {
    through,
    previous: decodeState(entity, recount.previous),
    cause: recount.cause,
  };
  return { entity, id: entityId, person, version, ...decodeState(entity, stored), recount: partial };
}
