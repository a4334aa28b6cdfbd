import type { Batch } from "./chunks.ts";
import { BatchFailure } from "./problems.ts";
import type { Answer, Sender } from "./sender.ts";

/** A fact on which the server fails is found, and is no reason for the others of its batch to be lost. */

/** So many facts one after the other on which the server fails are the server's fault, not theirs. */
const maxFailuresInARow = 20;

/** Tries of a part of a batch: the whole of it has been tried often enough. */
const triesOfPart = 2;

/** Sends batches as a sender does, and finds the facts that the server fails on. */
export class ApartSender {
  readonly #sender: Sender;
  /** Whether the server has ever taken a batch: else nothing says that a failure is a fact's fault. */
  #hasTaken = false;
  #failuresInARow = 0;

  constructor(sender: Sender) {
    this.#sender = sender;
  }

  /**
   * Sends a batch. Where the server fails on it again and again, it is halved until the facts are found on which it does.
   * @returns one answer a fact, in the batch's order: `invalid` for those on which the server fails
   * @throws what the sender throws, also where the server fails on everything
   */
  async send(batch: Batch, stop: AbortSignal): Promise<readonly Answer[]> {
    const failures: BatchFailure[] = [];
    const answers = await this.#sendPart(batch, stop, failures, undefined);
    const [failure] = failures;
    if (failure && !this.#hasTaken) throw failure;
    return answers;
  }

  async #sendPart(
    batch: Batch,
    stop: AbortSignal,
    failures: BatchFailure[],
    tries: number | undefined,
  ): Promise<readonly Answer[]> {
    try {
      const answers = await this.#sender.send(batch, stop, tries);
      this.#hasTaken = true;
      this.#failuresInARow = 0;
      return answers;
    } catch (error) {
      if (!(error instanceof BatchFailure)) throw error;
      if (batch.facts.length > 1) return this.#sendHalves(batch, stop, failures);
      failures.push(error);
      this.#failuresInARow += 1;
      if (this.#failuresInARow > maxFailuresInARow) throw error;
      return [
        { status: "invalid", errors: [{ pointer: "", detail: `the server fails on it: ${error.why}` }] },
      ];
    }
  }

  async #sendHalves(batch: Batch, stop: AbortSignal, failures: BatchFailure[]): Promise<readonly Answer[]> {
    const half = Math.ceil(batch.facts.length / 2);
    const parts = [batch.facts.slice(0, half), batch.facts.slice(half)];
    const answers: Answer[] = [];
    for (const facts of parts) {
      answers.push(...(await this.#sendPart({ ...batch, facts }, stop, failures, triesOfPart)));
    }
    return answers;
  }
}
