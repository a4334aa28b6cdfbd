import type { Workspace } from "../../workspace/settings.ts";

/** What planning depends on beside the facts. */
export interface PlanContext {
  readonly tableName: string;
  readonly workspace: Workspace;
  /** The workspace's day now: counters of earlier days are marked for a new snapshot. */
  readonly today: string;
  /** Names this request in the facts that it stores, so that it knows them again. */
  readonly commit: string;
  /** The instant of recording, milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
  /** The shard of every counter in this transaction, from 0. */
  readonly shard: number;
}
