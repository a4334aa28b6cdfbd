import * as z from "zod";
import type { Batch, Outgoing } from "./chunks.ts";
import { parseJson } from "./json.ts";
import { digest } from "./scope.ts";
import type { Answer, Sender } from "./sender.ts";

/** Rows that have changed since they were imported: their facts replace the earlier ones. */

/** So often a row can have changed. */
const maxVersions = 100;

/** Ids from public keys may have 115 characters; a version adds 20. */
const keptOfId = 95;

const replacedSchema = z.object({ supersededBy: z.string().optional() });

/** Asks the API for a stored fact. */
export async function readFact(
  url: string,
  key: string,
  to: Batch["to"],
  id: string,
): Promise<string | undefined> {
  const headers = { authorization: `Bearer ${key}` };
  const response = await fetch(`${url}/v1/${to}/${encodeURIComponent(id)}`, { headers }).catch(
    () => undefined,
  );
  return response?.ok ? await response.text() : undefined;
}

/** Asks the server for a stored fact. @returns the text of its answer, `undefined` where it has none to give */
export type ReadFact = (to: Batch["to"], id: string) => Promise<string | undefined>;

/** Sends batches as a sender does; a fact that replaces others is sent again as the next version of what is there. */
export class ReplacingSender {
  readonly #sender: Pick<Sender, "send">;
  readonly #read: ReadFact;

  constructor(sender: Pick<Sender, "send">, read: ReadFact) {
    this.#sender = sender;
    this.#read = read;
  }

  /** @returns one answer a fact, in the batch's order @throws what the sender throws */
  async send(batch: Batch, stop: AbortSignal): Promise<readonly Answer[]> {
    const answers = [...(await this.#sender.send(batch, stop))];
    const changed = batch.facts.flatMap((outgoing, index) =>
      outgoing.fact.replaces && answers[index]?.status === "conflict" ? { outgoing, index } : [],
    );
    if (changed.length === 0) return answers;
    const next = changed.map(({ outgoing }) => versionOf(outgoing, outgoing.fact.id));
    const again = await this.#sender.send({ to: batch.to, facts: next }, stop);
    for (const [place, { outgoing, index }] of changed.entries()) {
      const answer = again[place];
      if (!answer) continue;
      // Its id says what it says: it is there, as the next version of another one.
      if (answer.status === "conflict") answers[index] = { status: "duplicate", errors: [] };
      else if (isOvertaken(answer)) {
        answers[index] = await this.#replaceLast(batch.to, outgoing, answer, stop);
      } else answers[index] = answer;
    }
    return answers;
  }

  /** Follows the versions from the first one to the last, and replaces that one. */
  async #replaceLast(
    to: Batch["to"],
    outgoing: Outgoing,
    refused: Answer,
    stop: AbortSignal,
  ): Promise<Answer> {
    const { id: wanted } = versionOf(outgoing, outgoing.fact.id).fact;
    let last = outgoing.fact.id;
    for (let version = 0; version < maxVersions; version += 1) {
      const text = await this.#read(to, last);
      const found = text === undefined ? undefined : replacedSchema.safeParse(parseJson(text)).data;
      if (found === undefined) return refused;
      if (found.supersededBy === undefined) break;
      last = found.supersededBy;
      // The version is there already, and perhaps a newer one: an older export is imported again.
      if (last === wanted) return { status: "duplicate", errors: [] };
    }
    const [answer] = await this.#sender.send({ to, facts: [versionOf(outgoing, last)] }, stop);
    return answer ?? refused;
  }
}

/** The same fact as another one's next version: its id says what it says, so that it is the same however often it is sent. */
function versionOf(outgoing: Outgoing, replaced: string): Outgoing {
  const { fact } = outgoing;
  const { id: _id, ...content } = fact.fields;
  const id = `${fact.id.slice(0, keptOfId)}.v-${digest(JSON.stringify([fact.id, content])).slice(0, 16)}`;
  const fields = { ...fact.fields, id, supersedes: replaced };
  return { ...outgoing, fact: { ...fact, id, fields }, json: JSON.stringify(fields) };
}

function isOvertaken({ status, errors }: Answer): boolean {
  return status === "invalid" && errors.some(({ pointer }) => pointer === "/supersedes");
}
