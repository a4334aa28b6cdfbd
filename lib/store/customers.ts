import { randomBytes } from "node:crypto";
import * as z from "zod";
import {
  type CustomerHistory,
  deriveCustomer,
  lifecycleKinds,
  unknownCustomer,
} from "../entities/customer.ts";
import type { Occurrence, Segments } from "../entities/occurrences.ts";
import type { Table } from "./client.ts";
import { getItems } from "./items.ts";
import { customerKey, customerTimelineKey } from "./keys.ts";
import type { Deadline } from "./retries.ts";

/** Customers as they are stored: their history, and the setting under which it has been counted. */

/**
 * A change of `inactivityDays` or of the segments that has been counted up to a day only, for a customer whose history
 * is long.
 */
export interface PartialRecount {
  /** Occurrences up to this day, included, are counted as they are now; empty for none yet. */
  readonly through: string;
  /** Later ones are still counted with this setting … */
  readonly previousInactivityDays: number | null;
  /** … and in these segments, where they have changed. */
  readonly previousSegments?: Segments | undefined;
}

/** A customer with its place in the ledger. */
export interface StoredCustomer {
  readonly id: string;
  /**
   * A random name of the person behind the id, which each fact of its history carries too: a customer who is erased and comes
   * back is another person under the same id.
   */
  readonly person?: string | undefined;
  readonly history: CustomerHistory;
  /** The setting with which its occurrences have been counted. */
  readonly inactivityDays: number | null;
  readonly recount?: PartialRecount | undefined;
  /** 0 for a customer who is not stored yet; raised by every change. */
  readonly version: number;
}

const kindCodes = { joined: "j", left: "l", returned: "r" } as const;

const storedItem = z.object({
  customerId: z.string(),
  person: z.string().optional(),
  version: z.int(),
  /** Flat: kind, instant, day, kind, instant, day … */
  steps: z.array(z.union([z.enum(["j", "l", "r"]), z.number()])),
  /** Flat: day, purchases, day, purchases … */
  buys: z.array(z.number()),
  origin: z
    .object({
      explicit: z.boolean(),
      at: z.number(),
      factId: z.string(),
      segments: z.record(z.string(), z.string()),
    })
    .nullable(),
  inactivityDays: z.number().nullable(),
  recount: z
    .object({
      through: z.string(),
      previousInactivityDays: z.number().nullable(),
      previousSegments: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
});

/** What has been counted for a customer. */
export function countedOccurrences(customer: StoredCustomer): Occurrence[] {
  const current = deriveCustomer(customer.history, customer.inactivityDays);
  const { recount } = customer;
  if (!recount) return current;
  const { origin } = customer.history;
  const segments = recount.previousSegments;
  const history =
    origin && segments ? { ...customer.history, origin: { ...origin, segments } } : customer.history;
  const previous = deriveCustomer(history, recount.previousInactivityDays);
  return [
    ...current.filter(({ day }) => day <= recount.through),
    ...previous.filter(({ day }) => day > recount.through),
  ];
}

/** The item of a customer, with one version more than it was read with. */
export function customerItem(workspace: string, customer: StoredCustomer): Record<string, unknown> {
  return {
    ...customerKey(workspace, customer.id),
    ...customerTimelineKey(workspace, customer.id),
    customerId: customer.id,
    ...(customer.person === undefined ? {} : { person: customer.person }),
    version: customer.version + 1,
    steps: customer.history.lifecycle.flatMap(({ kind, at, day }) => [kindCodes[kind], at, day]),
    buys: customer.history.purchaseDays.flatMap(({ day, purchases }) => [day, purchases]),
    origin: customer.history.origin,
    inactivityDays: customer.inactivityDays,
    ...(customer.recount ? { recount: customer.recount } : {}),
  };
}

function fromItem(item: unknown): StoredCustomer {
  const { customerId, person, version, steps, buys, origin, inactivityDays, recount } =
    storedItem.parse(item);
  const lifecycle = [];
  for (let index = 0; index + 2 < steps.length; index += 3) {
    const kind = lifecycleKinds.find((name) => kindCodes[name] === steps[index]);
    if (!kind) throw new Error("a stored customer has an unknown step");
    lifecycle.push({ kind, at: Number(steps[index + 1]), day: Number(steps[index + 2]) });
  }
  const purchaseDays = [];
  for (let index = 0; index + 1 < buys.length; index += 2) {
    purchaseDays.push({ day: Number(buys[index]), purchases: Number(buys[index + 1]) });
  }
  return {
    id: customerId,
    person,
    version,
    history: { lifecycle, purchaseDays, origin },
    inactivityDays,
    recount,
  };
}

/**
 * Customers as they are now, by id; those who are not stored start unknown.
 * @param inactivityDays the setting under which a customer who is not stored yet will be counted
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export async function readCustomers(
  table: Table,
  workspace: string,
  ids: readonly string[],
  inactivityDays: number | null,
  deadline: Deadline,
): Promise<Map<string, StoredCustomer>> {
  const customers = new Map<string, StoredCustomer>();
  for (const id of ids) {
    const person = randomBytes(8).toString("base64url");
    customers.set(id, { id, person, history: unknownCustomer, inactivityDays, version: 0 });
  }
  const keys = [...customers.keys()].map((id) => customerKey(workspace, id));
  for await (const item of getItems(table, keys, deadline)) {
    const customer = fromItem(item);
    customers.set(customer.id, customer);
  }
  return customers;
}
