import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import type { TopicBlueprint } from "../template/topic-blueprint.ts";
import type { ServiceCall, XmlAnswer } from "./interception.ts";
import { ServiceError } from "./service-error.ts";
import { escapeXml } from "./xml.ts";

/** SNS: what is published to a topic is kept in a file, where one can read it, and sent to nobody. In its AWS Query protocol. */

/** SNS's limits on a message (its API reference, `Publish`). */
const maxBytes = 256 * 1024;
const maxSubject = 99;

/** A message that was published. */
export interface TopicMessage {
  readonly id: string;
  readonly topicArn: string;
  /** RFC 3339. */
  readonly publishedAt: string;
  readonly subject?: string;
  readonly text: string;
  /** The texts beside it, by which subscriptions filter. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** An error of SNS. */
class TopicError extends ServiceError {
  override readonly name = "TopicError";
}

/** The topics of the local account. */
export class Topics {
  readonly #file: string;
  readonly #arns: ReadonlySet<string>;
  readonly #messages: TopicMessage[] = [];

  /** @param file gets a line of JSON for each message */
  constructor(file: string, blueprints: readonly TopicBlueprint[]) {
    this.#file = file;
    this.#arns = new Set(blueprints.map(({ arn }) => arn));
  }

  /** Those of this process. */
  get messages(): readonly TopicMessage[] {
    return this.#messages;
  }

  /** Answers a call of the Query protocol. */
  answer(call: ServiceCall): XmlAnswer {
    const fields = new URLSearchParams(call.text());
    try {
      if (call.action !== "Publish") {
        throw new TopicError(400, "InvalidAction", `${call.action} is not emulated`);
      }
      return published(this.#publish(fields));
    } catch (error) {
      if (error instanceof TopicError) return topicError(error.status, error.code, error.message);
      throw error;
    }
  }

  #publish(fields: URLSearchParams): TopicMessage {
    const [topicArn, text, subject] = ["TopicArn", "Message", "Subject"].map((name) => fields.get(name));
    if (!topicArn || !this.#arns.has(topicArn)) throw new TopicError(404, "NotFound", "Topic does not exist");
    if (!text) throw invalid("Empty message");
    if (Buffer.byteLength(text) > maxBytes) throw invalid("Message too long");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
    const isSubject = !subject || (subject.length <= maxSubject && !/[\u0000-\u001f\u007f]/.test(subject));
    if (!isSubject || subject === "") throw invalid("Subject");
    const message = {
      ...{ id: randomUUID(), topicArn, publishedAt: new Date().toISOString() },
      ...(subject ? { subject } : {}),
      ...{ text, attributes: attributesIn(fields) },
    };
    appendFileSync(this.#file, `${JSON.stringify(message)}\n`);
    this.#messages.push(message);
    return message;
  }
}

function attributesIn(fields: URLSearchParams): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (let index = 1; fields.has(`MessageAttributes.entry.${index}.Name`); index += 1) {
    const of = (name: string) => fields.get(`MessageAttributes.entry.${index}.${name}`) ?? "";
    if (of("Value.DataType") !== "String" || of("Value.StringValue") === "") {
      throw invalid("The message attribute must be a text that is not empty");
    }
    attributes[of("Name")] = of("Value.StringValue");
  }
  return attributes;
}

function invalid(what: string): TopicError {
  return new TopicError(400, "InvalidParameter", `Invalid parameter: ${what}`);
}

const namespace = "http://sns.amazonaws.com/doc/2010-03-31/";

function published({ id }: TopicMessage): XmlAnswer {
  return xml(
    200,
    `<PublishResponse xmlns="${namespace}"><PublishResult><MessageId>${id}</MessageId></PublishResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></PublishResponse>`,
  );
}

/** An error as SNS answers it. */
export function topicError(status: number, code: string, message: string): XmlAnswer {
  const type = status >= 500 ? "Receiver" : "Sender";
  return xml(
    status,
    `<ErrorResponse xmlns="${namespace}"><Error><Type>${type}</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  );
}

function xml(status: number, text: string): XmlAnswer {
  return { status, headers: { "content-type": "text/xml" }, body: Buffer.from(text) };
}
