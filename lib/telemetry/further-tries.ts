/** What it took, whether or not it succeeded. */
export interface FurtherTries {
  /** Transactions that were tried again because another writer was faster or the table throttled. */
  readonly retries: number;
  /** How many of them went on to other shards of their counters. */
  readonly shardHops: number;
}
