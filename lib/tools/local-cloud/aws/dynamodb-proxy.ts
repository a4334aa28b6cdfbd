import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type RequestOptions,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

export interface EngineAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Passes requests on to the engine, over connections that stay open.
 */
export class DynamoDbProxy {
  readonly #endpoint: URL;
  readonly #agent: HttpAgent;

  /** @param endpoint the engine's address, for example `http://127.0.0.1:40002` */
  constructor(endpoint: string) {
    this.#endpoint = new URL(endpoint);
    const options = { keepAlive: true, maxSockets: 128, maxFreeSockets: 64 };
    this.#agent = this.#endpoint.protocol === "https:" ? new HttpsAgent(options) : new HttpAgent(options);
  }

  /**
   * Sends a request in DynamoDB's JSON protocol.
   * @throws when the engine cannot be reached or breaks the connection
   */
  send(headers: IncomingHttpHeaders, body: Buffer): Promise<EngineAnswer> {
    const options: RequestOptions = {
      method: "POST",
      host: this.#endpoint.hostname,
      port: this.#endpoint.port,
      path: "/",
      agent: this.#agent,
      headers: engineHeaders(headers, this.#endpoint.host, body.length),
    };
    return new Promise((resolve, reject) => {
      const send = this.#endpoint.protocol === "https:" ? httpsRequest : httpRequest;
      const request = send(options, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 500,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      });
      request.on("error", reject);
      request.end(body);
    });
  }

  /** Closes the connections. */
  close(): void {
    this.#agent.destroy();
  }
}

/**
 * All functions become one caller: DynamoDB Local keeps a database for each access key unless told otherwise, and
 * its newer versions take only letters and digits in it.
 */
function engineHeaders(headers: IncomingHttpHeaders, host: string, length: number): IncomingHttpHeaders {
  const { connection: _connection, "transfer-encoding": _encoding, expect: _expect, ...kept } = headers;
  return {
    ...kept,
    host,
    "content-length": String(length),
    authorization: headers.authorization?.replace(/Credential=[^/]*\//, "Credential=local/"),
  };
}

const tokenKey = Buffer.from('"ClientRequestToken":"');
const [quote, comma, space] = [0x22, 0x2c, 0x20];

/**
 * Blanks the `ClientRequestToken` of a `TransactWriteItems` request, in place: the embedded engine looks through all
 * tokens of the last ten minutes at each transaction, and gets slower with every one. Resending stays safe, because
 * what makes it so is the condition on the fact within the transaction.
 *
 * The unescaped key cannot occur inside a JSON string, and nothing else in a request is named like this and is text.
 */
export function stripRequestToken(body: Buffer): void {
  const start = body.indexOf(tokenKey);
  if (start < 0) return;
  let end = body.indexOf(quote, start + tokenKey.length) + 1;
  if (end === 0) return;
  let from = start;
  if (body[end] === comma) end++;
  else if (body[from - 1] === comma) from--;
  body.fill(space, from, end);
}

const consumptionKey = Buffer.from('"ReturnConsumedCapacity"');
const askForConsumption = Buffer.from('{"ReturnConsumedCapacity":"TOTAL",');

/** Makes a request ask for its consumption, unless it does already. */
export function withConsumption(body: Buffer): Buffer {
  if (body.length < 3 || body.includes(consumptionKey)) return body;
  return Buffer.concat([askForConsumption, body.subarray(1)]);
}

const consumedKey = Buffer.from('"ConsumedCapacity":');

/** Such a value as the engine writes where totals are asked for: nothing is nested in it. */
const flatValue = /^(?:\[[^[\]]*\]|\{[^{}]*\})/;

interface Consumption {
  readonly CapacityUnits?: number;
}

/** The request units in an answer. A batch or a transaction lists its tables one by one. */
export function consumedUnits(answer: Buffer): number {
  const consumed = consumptionIn(answer);
  const entries = Array.isArray(consumed) ? consumed : [consumed ?? {}];
  return entries.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}

/** Parses the one field where it can be cut out, since answers are large; an item may have an attribute of this name, then there are several. */
function consumptionIn(answer: Buffer): Consumption | readonly Consumption[] | undefined {
  const first = answer.indexOf(consumedKey);
  if (first < 0) return undefined;
  const after = first + consumedKey.length;
  const cut = answer.includes(consumedKey, after)
    ? null
    : flatValue.exec(answer.toString("utf8", after, after + 1_000));
  if (cut) return JSON.parse(cut[0]);
  return JSON.parse(answer.toString("utf8")).ConsumedCapacity;
}
