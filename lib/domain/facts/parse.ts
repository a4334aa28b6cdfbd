import type * as z from "zod";
import type { Day } from "../calendar/days.ts";
import { dayWithin } from "../calendar/zones.ts";
import { contentHashOf } from "./content.ts";
import { type EventFact, eventSchema } from "./events.ts";
import type { FieldError } from "./field-error.ts";
import { stageErrors } from "./journeys.ts";
import { toMinorUnits } from "./money.ts";
import { defaultScale, type ResponseFact, responseSchema, scoreError } from "./responses.ts";

/** From what a client sent to facts. */

/** A parsed fact of any type. */
export type Fact = ResponseFact | EventFact;

/** A fact that is ready to be recorded. */
export interface Submission {
  readonly fact: Fact;
  /** SHA-256 (base64url) of what the client sent, normalised; without the id and without defaults, made here or spelled out. */
  readonly contentHash: string;
  /** The public key that sent it; absent for a sender who is trusted. */
  readonly publicKey?: PublicSender | undefined;
  /** The first day of which it may replace a fact; any where absent. */
  readonly replacesFrom?: Day | undefined;
}

/** A public key as the sender of facts: strangers can read it, so nothing that it says may stand in the way of others. */
export interface PublicSender {
  readonly id: string;
  /** By dimension, the values that an administrator has named for the key: they are not the holder's invention. */
  readonly namedValues: Readonly<Record<string, readonly string[] | null>>;
}

/** The outcome of parsing one fact. */
export type Parsed =
  | { readonly ok: true; readonly submission: Submission }
  | { readonly ok: false; readonly id: string | undefined; readonly errors: readonly FieldError[] };

/** The context of parsing: everything that it depends on beside the text. */
export interface ParseContext {
  /** The server's clock, milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
  /** The workspace's time zone and the first day that it accepts. */
  readonly timeZone: string;
  readonly earliestDay: Day;
  /** The stages of the workspace's journey; absent where they are not known, so that any is taken. */
  readonly journeyStages?: readonly string[];
  /** Whether the workspace links answers with their orders; absent where that is not known, so that any is taken. */
  readonly linksOrders?: boolean;
  /** Makes an id for a fact that brings none. */
  readonly newId: () => string;
}

/** How far in the future a fact may lie: clocks differ. */
export const futureToleranceMilliseconds = 5 * 60_000;

/** Parses one survey response. Never throws. */
export function parseResponse(input: unknown, context: ParseContext): Parsed {
  const result = responseSchema.safeParse(input, {
    reportInput: true,
    error: ({ path }) => (path?.length === 1 && path[0] === "score" ? scoreError(input) : undefined),
  });
  if (!result.success) return refused(input, fieldErrors(result.error));
  if (hasPrototypeDimension(input)) return refused(input, [prototypeError]);
  const { id, occurredAt, dimensions, ...rest } = result.data;
  const wrong = latestErrors(rest);
  if (wrong.length > 0) return refused(input, wrong);
  if (rest.orderId !== undefined && context.linksOrders === false) return refused(input, [unlinkedOrder]);
  const answer = "score" in rest ? { ...rest, scale: rest.scale ?? defaultScale(rest.survey) } : rest;
  const fields = { ...answer, dimensions: dimensions ?? {} };
  return accepted<ResponseFact>({ type: "response", ...withoutUndefined(fields) }, id, occurredAt, context);
}

/** What is missing, or too much, where only the latest answer of an invitation is to count. */
function latestErrors({
  latest,
  invitationId,
  supersedes,
}: {
  readonly latest?: string | undefined;
  readonly invitationId?: string | undefined;
  readonly supersedes?: string | undefined;
}): FieldError[] {
  if (latest === undefined) return [];
  if (invitationId === undefined) {
    return [{ pointer: "/invitationId", detail: "is missing: latest is about its answers" }];
  }
  return supersedes === undefined
    ? []
    : [{ pointer: "/supersedes", detail: "must not stand beside latest, which says what is replaced" }];
}

/** Parses one event. Never throws. */
export function parseEvent(input: unknown, context: ParseContext): Parsed {
  const result = eventSchema.safeParse(input, { reportInput: true });
  if (!result.success) return refused(input, fieldErrors(result.error));
  if (hasPrototypeDimension(input)) return refused(input, [prototypeError]);
  const { id, occurredAt, dimensions, ...rest } = result.data;
  if (rest.type === "stage.entered") {
    const errors = stageErrors(rest.stage, context.journeyStages);
    if (errors.length > 0) return refused(input, errors);
  }
  const fields = { ...rest, dimensions: dimensions ?? {} };
  const content = "money" in fields ? { ...fields, money: toMinorUnits(fields.money) } : fields;
  return accepted<EventFact>(withoutUndefined(content), id, occurredAt, context);
}

/** At most so many errors are told of one fact or body: enough to see what is wrong. */
export const maxErrors = 50;

/**
 * Makes the errors of a zod schema (parsed with `reportInput`) into pointers and sentences: unknown fields one by one,
 * nothing twice, the first `maxErrors`.
 */
export function fieldErrors(error: z.core.$ZodError): FieldError[] {
  // One issue can be told twice: by a record's key and by its value.
  const errors = error.issues.slice(0, 2 * maxErrors).flatMap((issue): FieldError[] => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.slice(0, maxErrors).map((key) => ({
        pointer: pointerTo([...issue.path, key]),
        detail: "is not a known field",
      }));
    }
    if (issue.code === "invalid_key") {
      return issue.issues.map(({ message }) => ({ pointer: pointerTo(issue.path), detail: message }));
    }
    const missing = issue.code !== "custom" && "input" in issue && issue.input === undefined;
    return [
      { pointer: pointerTo(issue.path), detail: missing ? `is missing: ${issue.message}` : issue.message },
    ];
  });
  const distinct = new Map(errors.map((one) => [`${one.pointer} ${one.detail}`, one] as const));
  return [...distinct.values()].slice(0, maxErrors);
}

type Distributed<T> = T extends unknown ? Omit<T, "id" | "occurredAt"> : never;

function accepted<Kind extends Fact>(
  content: Distributed<Kind>,
  id: string | undefined,
  occurredAt: string | undefined,
  context: ParseContext,
): Parsed {
  const instant = occurredAt === undefined ? context.now : Date.parse(occurredAt);
  const detail = timeError(instant, context);
  if (detail) return { ok: false, id, errors: [{ pointer: "/occurredAt", detail }] };
  if (id !== undefined && content.supersedes === id) {
    return { ok: false, id, errors: [{ pointer: "/supersedes", detail: "must be the id of another fact" }] };
  }
  const hashed = occurredAt === undefined ? content : { ...content, occurredAt: instant };
  const fact = { ...content, id: id ?? context.newId(), occurredAt: instant } as unknown as Kind;
  return {
    ok: true,
    submission: { fact, contentHash: contentHashOf(hashed) },
  };
}

function timeError(instant: number, context: ParseContext): string | undefined {
  if (Number.isNaN(instant)) return "must be a time that exists";
  if (instant > context.now + futureToleranceMilliseconds) {
    return "must not be more than 5 minutes in the future";
  }
  // An instant that no calendar has, and that is not in the future, lies before the first day.
  const day = dayWithin(instant, context.timeZone);
  if (day === undefined || day < context.earliestDay) {
    return `must not be before ${context.earliestDay}`;
  }
  return undefined;
}

/** zod leaves a key `__proto__` out of records without a word. */
function hasPrototypeDimension(input: unknown): boolean {
  if (typeof input !== "object" || input === null || !("dimensions" in input)) return false;
  const { dimensions } = input;
  return typeof dimensions === "object" && dimensions !== null && Object.hasOwn(dimensions, "__proto__");
}

/** Said of an answer about an order where the purchase would not be found. */
const unlinkedOrder: FieldError = {
  pointer: "/orderId",
  detail:
    "must be absent: this workspace does not link answers with orders. An administrator turns that on with linkOrders (PATCH /v1/workspace)",
};

const prototypeError: FieldError = { pointer: "/dimensions/__proto__", detail: "is a reserved name" };

function refused(input: unknown, errors: readonly FieldError[]): Parsed {
  const id =
    typeof input === "object" && input !== null && "id" in input && typeof input.id === "string"
      ? input.id.slice(0, 128)
      : undefined;
  return { ok: false, id, errors };
}

function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

type Defined<T> = T extends unknown ? { [Key in keyof T]: Exclude<T[Key], undefined> } : never;

function withoutUndefined<T extends object>(value: T): Defined<T> {
  if (!hasUndefined(value)) return value as Defined<T>;
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Defined<T>;
}

function hasUndefined(value: object): boolean {
  for (const name in value) if (value[name as keyof typeof value] === undefined) return true;
  return false;
}
