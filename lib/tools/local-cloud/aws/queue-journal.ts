import {
  closeSync,
  fdatasyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import * as z from "zod";
import { LocalCloudError, messageOf } from "../errors.ts";

/** A message that nobody has deleted, as it is kept. */
const keptSchema = z.object({
  id: z.string(),
  /** The deployed name of the queue. */
  queue: z.string(),
  body: z.string(),
  attributes: z.record(z.string(), z.unknown()),
  /** Whose it is, where its sender said so. */
  group: z.string().optional(),
  /** Epoch milliseconds, as all times here. */
  sentAt: z.number(),
  /** Before that nobody may receive it. */
  visibleAt: z.number(),
  receiveCount: z.number(),
  firstReceivedAt: z.number().optional(),
});

/** A message that nobody has deleted. */
export type KeptMessage = z.output<typeof keptSchema>;

const lineSchema = z.union([z.object({ kept: keptSchema }), z.object({ gone: z.string() })]);

/** Beyond so many bytes the journal is written anew, if most of it is over. */
const maxSurplusBytes = 4 * 1024 * 1024;

/**
 * Keeps the messages of the local queues in a file, so that they survive what the table survives: a message is on the disk before its
 * sender hears that it was taken. The file is a journal of lines in JSON; each says that a message is kept as it is now, or gone.
 */
export class QueueJournal {
  readonly #file: string;
  readonly #kept: Map<string, KeptMessage>;
  #descriptor: number;
  /** How many bytes say what does not hold any more. */
  #surplus = 0;

  /**
   * Opens a journal, with the messages that were kept when it was last written to; makes it where there is none.
   * @throws LocalCloudError when it cannot be read or written
   */
  constructor(file: string) {
    this.#file = file;
    try {
      this.#kept = read(file);
      this.#descriptor = this.#writeAnew();
    } catch (error) {
      throw new LocalCloudError(`The queues' file ${file} cannot be used: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  /** The messages of a queue, the longest kept first. */
  messagesOf(queue: string): KeptMessage[] {
    return [...this.#kept.values()].filter((message) => message.queue === queue);
  }

  /**
   * Keeps a message, in place of what was kept of it before.
   * @param isNew whether its sender is to hear of it: then it is on the disk first
   */
  keep(message: KeptMessage, isNew: boolean): void {
    const before = this.#kept.get(message.id);
    this.#kept.set(message.id, message);
    this.#write({ kept: message });
    if (isNew) fdatasyncSync(this.#descriptor);
    if (before !== undefined) this.#forget(before);
  }

  /** Keeps a message no longer. One that is lost again by a crash comes once more. */
  drop(id: string): void {
    const before = this.#kept.get(id);
    if (before === undefined) return;
    this.#kept.delete(id);
    this.#write({ gone: id });
    this.#forget(before);
  }

  /** Closes the file; nothing can be kept afterwards. */
  close(): void {
    closeSync(this.#descriptor);
  }

  #write(line: z.input<typeof lineSchema>): void {
    writeSync(this.#descriptor, `${JSON.stringify(line)}\n`);
  }

  #forget(message: KeptMessage): void {
    this.#surplus += JSON.stringify(message).length;
    if (this.#surplus < maxSurplusBytes) return;
    closeSync(this.#descriptor);
    this.#descriptor = this.#writeAnew();
  }

  /** @returns the descriptor to append with */
  #writeAnew(): number {
    const lines = [...this.#kept.values()].map((kept) => `${JSON.stringify({ kept })}\n`);
    writeFileSync(`${this.#file}.new`, lines.join(""), { flush: true });
    renameSync(`${this.#file}.new`, this.#file);
    this.#surplus = 0;
    return openSync(this.#file, "a");
  }
}

/** The state at the end of a journal. Its last line may be cut off: then its sender has not heard that it was taken. */
function read(file: string): Map<string, KeptMessage> {
  const kept = new Map<string, KeptMessage>();
  for (const text of textOf(file).split("\n").slice(0, -1)) {
    const line = lineSchema.parse(JSON.parse(text));
    if ("gone" in line) kept.delete(line.gone);
    else kept.set(line.kept.id, line.kept);
  }
  return kept;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}
