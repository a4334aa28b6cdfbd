import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import * as z from "zod";
import type { ServiceAnswer, ServiceCall } from "./interception.ts";

/** EventBridge's limits on a request. */
const maxEntries = 10;
const maxBytes = 1024 * 1024;

const entrySchema = z.object({
  Source: z.string().min(1),
  DetailType: z.string().min(1),
  Detail: z.string(),
  EventBusName: z.literal("default").optional(),
});

/** An event that was put on the bus. */
export interface BusEvent {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
}

/** The default event bus of the local account: nothing listens to it; what is put on it is kept in a file. */
export class EventBus {
  readonly #file: string;
  readonly #events: BusEvent[] = [];

  /** @param file gets a line of JSON for each event */
  constructor(file: string) {
    this.#file = file;
  }

  /** Those of this process. */
  get events(): readonly BusEvent[] {
    return this.#events;
  }

  /** Answers a call in EventBridge's JSON protocol. */
  answer(call: ServiceCall): ServiceAnswer {
    if (call.action !== "PutEvents")
      return failure("UnknownOperationException", `${call.action} is not emulated`);
    const request = z.object({ Entries: z.array(entrySchema).min(1).max(maxEntries) }).safeParse(call.json());
    if (!request.success) return failure("ValidationException", z.prettifyError(request.error));
    if (Buffer.byteLength(call.text()) > maxBytes) {
      return failure("ValidationException", "Total size of the entries in the request is over the limit.");
    }
    const Entries = request.data.Entries.map((entry) => this.#put(entry));
    const FailedEntryCount = Entries.filter((entry) => "ErrorCode" in entry).length;
    return { status: 200, body: { Entries, FailedEntryCount } };
  }

  #put({ Source: source, DetailType: detailType, Detail }: z.output<typeof entrySchema>) {
    const detail = objectIn(Detail);
    if (!detail) return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
    const event = { id: randomUUID(), source, detailType, detail };
    appendFileSync(this.#file, `${JSON.stringify(event)}\n`);
    this.#events.push(event);
    return { EventId: event.id };
  }
}

function objectIn(text: string): object | undefined {
  try {
    return z.looseObject({}).parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function failure(type: string, message: string): ServiceAnswer {
  return { status: 400, body: { __type: type, message } };
}
