import { TokenBucket } from "../http/token-bucket.ts";
import type { TableBlueprint } from "../template/table-blueprint.ts";
import {
  type Attributes,
  chargesOf,
  type IndexCharge,
  type IndexedWrite,
  indexedWrites,
} from "./index-writes.ts";
import { dynamoDbError, type ServiceAnswer } from "./interception.ts";

/** How much one partition of an index takes. */
export interface IndexThroughputOptions {
  /** Write units a second of one partition. DynamoDB: 1,000. */
  readonly unitsPerSecond: number;
  /** Write units at once. Default: those of one second; AWS promises no more. */
  readonly burstUnits?: number;
  /** The time in milliseconds. Default: this process's clock. */
  readonly now?: () => number;
}

/** Reads an item's attributes as they are now, strongly consistent; undefined where there is no item. */
export type ReadAttributes = (table: string, key: Attributes) => Promise<Attributes | undefined>;

/** The outcome of asking for the throughput of a write. */
export interface Reservation {
  /** DynamoDB's answer where a partition is full; undefined when the write may go on. */
  readonly refusal?: ServiceAnswer;
  /** Gives the units back, where the write was not done. */
  release(): void;
}

/** Beyond so many partitions those that nobody writes to are forgotten. */
const maxKnownPartitions = 10_000;

/**
 * Throttles writes as DynamoDB does where an index cannot keep up: each partition of an index takes 1,000 write units a second by
 * itself, whatever the table takes.
 */
export class IndexThroughput {
  readonly #options: IndexThroughputOptions;
  readonly #partitions = new Map<string, TokenBucket>();

  constructor(options: IndexThroughputOptions) {
    this.#options = options;
  }

  /**
   * Takes what a request costs in the indexes' partitions, all of it or nothing.
   * @param action for example `TransactWriteItems`
   * @param request the parsed request
   * @param read is asked for those items whose present keys decide what a write costs
   */
  async reserve(
    action: string,
    request: unknown,
    tables: readonly TableBlueprint[],
    read: ReadAttributes,
  ): Promise<Reservation> {
    const writes = indexedWrites(action, request, tables);
    const charges = await Promise.all(writes.map((write) => chargesFor(write, read)));
    const taken: (readonly [TokenBucket, number])[] = [];
    const release = () => {
      for (const [bucket, units] of taken) bucket.giveBack(units);
    };
    const full = charges.map((some) =>
      some.some(({ partition, units }) => {
        const bucket = this.#bucket(partition);
        if (!bucket.take(units)) return true;
        taken.push([bucket, units]);
        return false;
      }),
    );
    if (!full.includes(true)) return { release };
    release();
    return { refusal: refusalOf(action, full), release: () => {} };
  }

  #bucket(partition: string): TokenBucket {
    const known = this.#partitions.get(partition);
    if (known !== undefined) return known;
    if (this.#partitions.size >= maxKnownPartitions) this.#forgetIdle();
    const { unitsPerSecond, burstUnits = unitsPerSecond, now } = this.#options;
    const bucket = new TokenBucket(unitsPerSecond, burstUnits, now);
    this.#partitions.set(partition, bucket);
    return bucket;
  }

  #forgetIdle(): void {
    for (const [partition, bucket] of this.#partitions) {
      if (bucket.isFull) this.#partitions.delete(partition);
    }
  }
}

async function chargesFor(write: IndexedWrite | undefined, read: ReadAttributes): Promise<IndexCharge[]> {
  if (write === undefined) return [];
  return chargesOf(write, write.needsOld ? await read(write.table.name, write.key) : undefined);
}

/** @param full for each entry of a transaction, or for the one write, whether a partition of it is full */
function refusalOf(action: string, full: readonly boolean[]): ServiceAnswer {
  const message = "Throughput exceeds the current throughput limit for one or more global secondary indexes";
  if (action !== "TransactWriteItems") return dynamoDbError("ThrottlingException", message);
  const reasons = full.map((is) => (is ? { Code: "ThrottlingError", Message: message } : { Code: "None" }));
  return dynamoDbError(
    "TransactionCanceledException",
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(", ")}]`,
    { CancellationReasons: reasons },
  );
}
