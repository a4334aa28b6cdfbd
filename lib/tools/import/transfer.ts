import { type Chunk, cutComments, unmadeFacts } from "./chunks.ts";
import type { Problem } from "./make.ts";
import type { Reject, RejectsFile } from "./rejects.ts";
import type { Answer, Sender } from "./sender.ts";
import { type Identity, saveState } from "./state.ts";
import { countAnswer, countSkipped, type Tally } from "./tally.ts";

export interface TransferOptions {
  readonly sender: Pick<Sender, "send">;
  /** Chunks on their way at the same time. */
  readonly concurrency: number;
  /** Aborted to stop: what is under way is finished and answered for. */
  readonly stop: AbortSignal;
  readonly rejects: RejectsFile;
  readonly rejectsPath: string;
  readonly statePath: string;
  readonly identity: Identity;
  /** Counted on as answers come. */
  readonly tally: Tally;
  /** Told after every chunk that is answered for. */
  readonly onCommit: (chunk: Chunk) => void;
}

/**
 * Sends chunks, several at a time, and answers for them in the file's order: rejects and state say at any moment that
 * everything up to one row is done, and nothing of what comes after it.
 * @throws what the sender throws, when everything before the failure is answered for.
 */
export async function transfer(chunks: AsyncIterable<Chunk>, options: TransferOptions): Promise<void> {
  const underWay: { chunk: Chunk; answers: Promise<readonly Answer[]> }[] = [];
  const commitFirst = async () => {
    const first = underWay.shift();
    if (first) await commit(first.chunk, await first.answers, options);
  };
  try {
    for await (const chunk of chunks) {
      if (options.stop.aborted) break;
      const answers = sendChunk(chunk, options);
      // The failure is met when it is this chunk's turn.
      answers.catch(() => undefined);
      underWay.push({ chunk, answers });
      if (underWay.length >= options.concurrency) await commitFirst();
    }
    while (underWay.length > 0) await commitFirst();
  } finally {
    await Promise.allSettled(underWay.map(({ answers }) => answers));
  }
}

async function sendChunk(chunk: Chunk, { sender, stop }: TransferOptions): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const batch of chunk.batches) answers.push(...(await sender.send(batch, stop)));
  return answers;
}

async function commit(chunk: Chunk, answers: readonly Answer[], options: TransferOptions): Promise<void> {
  const { tally, rejects } = options;
  const refused = new Map<number, { row: Reject["row"]; problems: Problem[] }>();
  const reject = (row: Reject["row"], problem: Problem) => {
    const known = refused.get(row.number);
    if (known) known.problems.push(problem);
    else refused.set(row.number, { row, problems: [problem] });
  };
  for (const { row, problem } of chunk.problems) reject(row, problem);
  const facts = chunk.batches.flatMap((batch) => batch.facts);
  for (const [index, { row, fact }] of facts.entries()) {
    const answer = answers[index];
    if (!answer) continue;
    countAnswer(tally, fact.name, answer.status);
    for (const problem of problemsIn(answer, fact.id)) reject(row, { name: fact.name, ...problem });
  }
  tally.rows += chunk.rows;
  tally.unmade += unmadeFacts(chunk);
  tally.cut += cutComments(chunk);
  tally.mended += chunk.mended;
  tally.rejectedRows += refused.size;
  countSkipped(tally, chunk.skipped);
  await rejects.add([...refused.values()].sort((a, b) => a.row.number - b.row.number));
  await saveState(options.statePath, {
    version: 1,
    identity: options.identity,
    lastRow: chunk.lastRow,
    tally,
    rejects: { path: options.rejectsPath, bytes: rejects.bytes },
  });
  options.onCommit(chunk);
}

function problemsIn({ status, errors }: Answer, id: string): readonly { pointer: string; detail: string }[] {
  if (status === "invalid") return errors.length > 0 ? errors : [{ pointer: "", detail: "is not valid" }];
  if (status === "conflict") {
    return [{ pointer: "/id", detail: `the server has another fact with the id ${id}` }];
  }
  return [];
}
