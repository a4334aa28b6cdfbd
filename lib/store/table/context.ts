import type { Workspace } from "../../domain/workspace/settings.ts";
import type { Table } from "./client.ts";
import type { Deadline } from "./retries.ts";

/** In which table and for which workspace something is done, and until when. */
export interface StoreContext {
  readonly table: Table;
  readonly workspace: Workspace;
  readonly deadline: Deadline;
}
