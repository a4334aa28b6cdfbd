import type { Day } from "../../domain/calendar/days.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import type { Workspace } from "../../domain/workspace/settings.ts";
import type { OutboxEntry } from "../outbox/outbox.ts";
import type { Attempt, PlannedAction } from "../table/commit.ts";
import type { StoreContext } from "../table/context.ts";

/** The context of planning: everything that it depends on beside the facts. */
export interface PlanContext {
  readonly tableName: string;
  readonly workspace: Workspace;
  /** The workspace's day now: counters of earlier days are marked for a new snapshot. */
  readonly today: Day;
  /** The instant of recording, milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
  /** The shard of a family's counters in this transaction, from 0. */
  readonly shardOf: (family: string) => number;
}

/** The subject of an action of the ledger. */
export type About =
  | { readonly kind: "fact"; readonly id: string }
  /** Where the text of a fact that names no customer is found. */
  | { readonly kind: "text" }
  /** Which answer of an invitation counts. */
  | { readonly kind: "latest" }
  /** An entity, or how far it has been counted anew, by its `subjectKey`. */
  | { readonly kind: "entity"; readonly key: string }
  /** One shard of counters of a family: of a day, or of all years. */
  | { readonly kind: "counters"; readonly family: string; readonly day?: Day }
  /** The log of the facts that changed a day after its snapshot. */
  | { readonly kind: "log" }
  /** What a webhook is to be told. */
  | { readonly kind: "outbox"; readonly entry: OutboxEntry };

export type LedgerAction = PlannedAction<About>;

/** The context of one try. */
export function planContextOf(
  { table, workspace }: StoreContext,
  { shardOf }: Pick<Attempt<unknown>, "shardOf">,
): PlanContext {
  const now = Date.now();
  return { tableName: table.name, workspace, today: dayOf(now, workspace.timeZone), now, shardOf };
}
