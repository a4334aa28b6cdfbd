/** Tries beyond the first, of requests that succeeded and of those that did not. */
export interface FurtherTries {
  /** Transactions that were tried again because another writer was faster or the table throttled. */
  readonly retries: number;
  /** How many of them went on to other shards of their counters. */
  readonly shardHops: number;
}
