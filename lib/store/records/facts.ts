import * as z from "zod";
import type { ArchivedFact } from "../../domain/archive/rows.ts";
import { eventSchemas } from "../../domain/facts/events.ts";
import type { Fact } from "../../domain/facts/parse.ts";
import { surveyScales } from "../../domain/facts/responses.ts";
import type { Table } from "../table/client.ts";
import { getItems } from "../table/items.ts";
import { factKey } from "../table/keys.ts";
import type { Deadline } from "../table/retries.ts";
import { factSize } from "./fact-size.ts";

/** Facts as they are stored, read by id. */

const instant = z.number().int();
const minor = z.object({
  amountMinor: z.union([z.number(), z.bigint()]).transform((amount) => BigInt(amount)),
  currency: z.string(),
});

const common = {
  customerId: z.string().optional(),
  dimensions: z.record(z.string(), z.string()),
  supersedes: z.string().optional(),
};

const response = {
  ...common,
  type: z.literal("response"),
  surveyId: z.string().optional(),
  invitationId: z.string().optional(),
  latest: z.literal("invitation").optional(),
  ticketId: z.string().optional(),
  orderId: z.string().optional(),
  comment: z.string().optional(),
  tags: z.array(z.string()).optional(),
};

const body = z.discriminatedUnion("type", [
  z.discriminatedUnion("survey", [
    z.object({
      ...response,
      survey: z.enum(Object.keys(surveyScales) as [keyof typeof surveyScales]),
      scale: z.string(),
      score: z.int(),
    }),
    z.object({
      ...response,
      survey: z.literal("task-completion"),
      completed: z.boolean(),
      inTime: z.boolean().optional(),
    }),
    z.object({
      ...response,
      survey: z.literal("visitor-intent"),
      choice: z.string(),
      completed: z.boolean().optional(),
    }),
  ]),
  ...eventSchemas.map(storedEvent),
]);

/** A stored event: its own fields as they were sent, money in minor units; erasing a person takes fields away. */
function storedEvent({ shape }: (typeof eventSchemas)[number]) {
  const { id, occurredAt, dimensions, type, ...fields } = shape;
  const own = z.object({ ...fields, ...("money" in fields ? { money: minor } : {}) }).partial();
  return z.object({ ...own.shape, ...common, type });
}

/** Stands in place of the content's hash when the content's person was erased: every resending is a duplicate. */
export const erasedContent = "erased";

const auditEntry = z.object({
  at: z.string(),
  keyId: z.string(),
  excluded: z.boolean(),
  reason: z.string(),
});

const storedItem = z.object({
  id: z.string(),
  day: z.string(),
  occurredAt: instant,
  recordedAt: instant,
  person: z.string().optional(),
  body,
  segments: z.record(z.string(), z.string()).default({}),
  countedAs: z.string().optional(),
  orderKey: z.string().optional(),
  publicKey: z.string().optional(),
  hadComment: z.boolean().optional(),
  hadCustomer: z.boolean().optional(),
  excluded: z.boolean().default(false),
  audit: z.array(auditEntry).default([]),
  supersededBy: z.string().optional(),
  erasedAt: z.string().optional(),
});

/** The attributes of a stored fact, beside its keys. */
export const storedFactAttributes = Object.keys(storedItem.shape);

/** One change of whether a response counts. */
export type AuditEntry = z.output<typeof auditEntry>;

/** A fact with what the ledger stores about it: beside that it knows how to tell it from another one with its id (see `fact-identity.ts`). */
export interface StoredFact extends ArchivedFact {
  /** The person into whose history it went: see `StoredEntity`. */
  readonly person?: string | undefined;
  /** Set where it named a person who has been erased. */
  readonly hadCustomer?: boolean | undefined;
  /** Every change of `excluded`, oldest first. */
  readonly audit: readonly AuditEntry[];
  /** The fact that replaced it: it stays out of the counts. */
  readonly supersededBy?: string | undefined;
}

/** @throws ZodError when the item is no fact */
export function storedFactOf(item: unknown): StoredFact {
  const { id, occurredAt, body: content, ...rest } = storedItem.parse(item);
  const fields = Object.fromEntries(Object.entries(content).filter(([, field]) => field !== undefined));
  return { ...rest, fact: { ...fields, id, occurredAt } as unknown as Fact };
}

/**
 * Reads facts by id, strongly consistent, in the order of the ids; those that are not there are left out.
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readFacts(
  table: Table,
  workspace: string,
  ids: readonly string[],
  deadline: Deadline,
): Promise<StoredFact[]> {
  const found = new Map<string, StoredFact>();
  const keys = [...new Set(ids)].map((id) => factKey(workspace, id));
  for await (const item of getItems(table, keys, deadline, factSize)) {
    const stored = storedFactOf(item);
    found.set(stored.fact.id, stored);
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}
