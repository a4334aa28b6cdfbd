import type { Batch, Outgoing } from "../import/chunks.ts";
import type { Sender } from "../import/sender.ts";
import { countAnswer, type Tally } from "../import/tally.ts";
import type { DemoFact } from "./generate.ts";

/** Sending facts in batches. */

export interface Sending {
  readonly sender: Sender;
  /** Aborted to stop: what is under way is finished and counted. */
  readonly stop: AbortSignal;
  /** Counted on as answers come, by the fact's type or survey. */
  readonly tally: Tally;
  /** Told of each fact that was not taken, with what is wrong. */
  readonly onRefused: (fact: DemoFact, why: string) => void;
  /** Told after every batch. */
  readonly onBatch: () => void;
}

/** Facts in a request: half of what the API takes, so that a busy machine answers in time too. */
const batchSize = 250;

/** One batch is stored while the next is read and checked. */
const batchesAtATime = 2;

/**
 * Sends facts, about in their order.
 * @throws ServerError, Stopped
 */
export async function sendFacts(facts: readonly DemoFact[], sending: Sending): Promise<void> {
  const waiting = batchesOf(facts);
  const work = async () => {
    for (let next = waiting.shift(); next && !sending.stop.aborted; next = waiting.shift()) {
      await sendBatch(next, sending);
    }
  };
  const results = await Promise.allSettled(Array.from({ length: batchesAtATime }, work));
  for (const result of results) if (result.status === "rejected") throw result.reason;
}

async function sendBatch(facts: readonly [DemoFact, ...DemoFact[]], sending: Sending): Promise<void> {
  const { sender, stop, tally, onRefused, onBatch } = sending;
  const answers = await sender.send(requestOf(facts), stop);
  for (const [index, fact] of facts.entries()) {
    const answer = answers[index];
    if (!answer) continue;
    countAnswer(tally, nameOf(fact), answer.status);
    if (answer.status === "conflict") onRefused(fact, "the server has another fact with this id");
    if (answer.status === "invalid") {
      onRefused(fact, answer.errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join(", "));
    }
  }
  onBatch();
}

/** The name of a fact: an event's type, or a response's survey. */
export function nameOf({ to, fields }: Pick<DemoFact, "to" | "fields">): string {
  return to === "events" ? String(fields["type"]) : `response:${String(fields["survey"])}`;
}

function batchesOf(facts: readonly DemoFact[]): [DemoFact, ...DemoFact[]][] {
  const batches: [DemoFact, ...DemoFact[]][] = [];
  const open = new Map<DemoFact["to"], [DemoFact, ...DemoFact[]]>();
  for (const fact of facts) {
    const batch = open.get(fact.to);
    if (batch && batch.length < batchSize) batch.push(fact);
    else {
      const begun: [DemoFact, ...DemoFact[]] = [fact];
      open.set(fact.to, begun);
      batches.push(begun);
    }
  }
  return batches;
}

/** The importer's sender names the rows of a file in its messages: here they are the numbers within a batch. */
function requestOf(facts: readonly [DemoFact, ...DemoFact[]]): Batch {
  const outgoing = facts.map(
    ({ to, id, fields }, index): Outgoing => ({
      row: { number: index + 1, index, cells: [] },
      fact: { name: nameOf({ to, fields }), to, id, fields },
      json: JSON.stringify(fields),
    }),
  );
  return { to: facts[0].to, facts: outgoing };
}
