import type { Files } from "../store/files/bucket.ts";
import type { StoreContext } from "../store/table/context.ts";
import type { ReadAhead } from "../store/table/read-ahead.ts";
import type { KeptCounters } from "./kept-counters.ts";

/** Where and for whom a question is answered. */
export interface QueryContext extends StoreContext {
  /** The archive of closed days; that of the process when absent. */
  readonly files?: Files | undefined;
  /** Counters that the request has read before; absent where each question reads its own. */
  readonly kept?: KeptCounters;
  /** Items that were read together with the workspace. */
  readonly ahead?: ReadAhead;
}
