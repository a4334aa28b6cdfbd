import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { messageOf } from "../errors.ts";
import type { TableBlueprint } from "../template/table-blueprint.ts";
import { answerBucketCall, bucketCall, bucketError, bucketRequestOf } from "./bucket-protocol.ts";
import type { Buckets } from "./buckets.ts";
import {
  consumedUnits,
  DynamoDbProxy,
  type EngineAnswer,
  stripRequestToken,
  withConsumption,
} from "./dynamodb-proxy.ts";
import { refusalOf } from "./dynamodb-rules.ts";
import type { EventBus } from "./event-bus.ts";
import { IndexThroughput, type IndexThroughputOptions, type ReadAttributes } from "./index-throughput.ts";
import { type Attributes, indexKeys } from "./index-writes.ts";
import {
  type CapacityListener,
  dynamoDbError,
  type Intercept,
  type ServiceAnswer,
  type ServiceCall,
  type Verdict,
  type XmlAnswer,
} from "./interception.ts";
import { type Caller, type PermissionListener, refusalOfCaller } from "./permissions.ts";
import { answerQueueCall } from "./queue-protocol.ts";
import type { Queues } from "./queues.ts";
import { type Topics, topicError } from "./topics.ts";

export interface GatewayOptions {
  /** The functions by the access key that each signs its calls with. Calls of anyone else are not checked. */
  readonly callers: ReadonlyMap<string, Caller>;
  readonly tables: readonly TableBlueprint[];
  readonly queues: Queues;
  readonly buckets: Buckets;
  readonly eventBus: EventBus;
  readonly topics: Topics;
  readonly intercept?: Intercept | undefined;
  readonly onCapacity?: CapacityListener | undefined;
  readonly onPermission?: PermissionListener | undefined;
  /** Called after each write that the engine has done, before its caller hears of it. */
  readonly onWrite?: (() => void) | undefined;
  /** How much a partition of an index takes. Default: as much as comes. */
  readonly indexThroughput?: IndexThroughputOptions | undefined;
}

const reads = new Set(["GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"]);

/**
 * AWS as functions reach it: an HTTP server on the loopback interface that passes DynamoDB calls on to the engine
 * and answers SQS calls from the local queues, S3 calls from the local buckets, and keeps what is published to topics and put on the event bus. It knows by the access key which function calls, and refuses what that
 * function's role does not grant.
 */
export class Gateway {
  readonly #server: Server;
  #options: GatewayOptions | undefined;
  #dynamoDb: DynamoDbProxy | undefined;
  #indexThroughput: IndexThroughput | undefined;

  constructor() {
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch((error: unknown) => {
        if (!response.headersSent) answer(response, dynamoDbError("InternalServerError", messageOf(error)));
      });
    });
    // The SDK keeps connections and uses them again whenever it likes: closing idle ones would break its calls.
    this.#server.keepAliveTimeout = 0;
    this.#server.requestTimeout = 0;
  }

  /**
   * Takes a free port of the loopback interface.
   * @returns the address, for example `http://127.0.0.1:40001`
   */
  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Begins to pass calls on. Until then they are answered with 503. */
  connect(engineEndpoint: string, options: GatewayOptions): void {
    this.#dynamoDb = new DynamoDbProxy(engineEndpoint);
    this.#options = options;
    this.#indexThroughput = options.indexThroughput && new IndexThroughput(options.indexThroughput);
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    this.#dynamoDb?.close();
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request);
    const [options, dynamoDb] = [this.#options, this.#dynamoDb];
    if (options === undefined || dynamoDb === undefined) {
      return answer(response, dynamoDbError("ServiceUnavailable", "The local cloud is starting"));
    }
    const caller = callerOf(request, options.callers);
    const toBucket = bucketRequestOf(request.method ?? "", request.url ?? "/", request.headers, body);
    if (toBucket !== undefined) {
      const call = bucketCall(toBucket, caller?.name);
      const outcome = () => answerBucketCall(options.buckets, toBucket);
      const denied = bucketError(403, "AccessDenied", "Access Denied");
      return handleXmlCall(request, response, { call, caller, outcome, denied, error: bucketError }, options);
    }
    const call = describe(request, body, caller);
    if (call?.service === "sns") {
      const outcome = () => options.topics.answer(call);
      const denied = topicError(403, "AuthorizationError", "not authorized to perform: SNS:Publish");
      return handleXmlCall(request, response, { call, caller, outcome, denied, error: topicError }, options);
    }
    if (call === undefined) {
      const body = {
        __type: "UnknownOperationException",
        message: "The local cloud has DynamoDB, SQS, S3, SNS and EventBridge only",
      };
      return answer(response, { status: 400, body });
    }
    const denied = caller && refusalOfCaller(caller, call, options.tables, options.onPermission);
    if (denied !== undefined) return answer(response, denied);
    const verdict = (await options.intercept?.(call)) ?? "pass";
    if (verdict === "drop-request") return void request.socket.destroy();
    if (typeof verdict === "object") {
      if ("answer" in verdict) return answer(response, verdict.answer);
      await wait(verdict.delayMilliseconds);
    }
    if (call.service === "sqs") return respond(response, verdict, answerQueueCall(options.queues, call));
    if (call.service === "events") return respond(response, verdict, options.eventBus.answer(call));
    const refused = refusalOf(call.action, body, options.tables);
    if (refused !== undefined) return respond(response, verdict, refused);
    const read = attributeReader(dynamoDb, request, options.tables);
    const reservation = await this.#indexThroughput?.reserve(call.action, call.json(), options.tables, read);
    if (reservation?.refusal !== undefined) return respond(response, verdict, reservation.refusal);
    const outcome = await forward(dynamoDb, call, request, body, options);
    if (outcome.status !== 200) reservation?.release();
    else if (!reads.has(call.action)) options.onWrite?.();
    if (verdict === "drop-answer") return void request.socket.destroy();
    response.writeHead(outcome.status, answerHeaders(outcome));
    if (verdict === "cut-answer") return cut(response, outcome.body);
    response.end(outcome.body);
  }
}

/** A call to a service that answers in XML. */
interface XmlCall {
  readonly call: ServiceCall;
  readonly caller: Caller | undefined;
  /** Does what the service does. */
  readonly outcome: () => XmlAnswer;
  /** What it answers who may not. */
  readonly denied: XmlAnswer;
  /** An error in the service's words. */
  readonly error: (status: number, code: string, message: string) => XmlAnswer;
}

async function handleXmlCall(
  request: IncomingMessage,
  response: ServerResponse,
  { call, caller, outcome, denied, error }: XmlCall,
  options: GatewayOptions,
): Promise<void> {
  const isDenied = caller && refusalOfCaller(caller, call, options.tables, options.onPermission);
  if (isDenied) return answerXml(response, denied);
  const verdict = (await options.intercept?.(call)) ?? "pass";
  if (verdict === "drop-request") return void request.socket.destroy();
  if (typeof verdict === "object") {
    if ("answer" in verdict) return answerXml(response, errorOf(verdict.answer, error));
    await wait(verdict.delayMilliseconds);
  }
  const answered = outcome();
  if (verdict === "drop-answer") return void request.socket.destroy();
  if (verdict !== "cut-answer") return answerXml(response, answered);
  response.writeHead(answered.status, { ...answered.headers });
  cut(response, answered.body);
}

/** An interceptor's answer, in the words of a service. */
function errorOf({ status, body }: ServiceAnswer, error: XmlCall["error"]): XmlAnswer {
  const { __type: type = "InternalError", message = "" } = body as { __type?: string; message?: string };
  return error(status, type.replace(/^.*#/, ""), message);
}

function answerXml(response: ServerResponse, { status, headers, body }: XmlAnswer): void {
  response.writeHead(status, { ...headers, "x-amz-request-id": randomUUID() });
  response.end(body);
}

/** Reads the keys of the indexes of an item, past everything that the gateway does to a function's calls. */
function attributeReader(
  dynamoDb: DynamoDbProxy,
  { headers }: IncomingMessage,
  tables: readonly TableBlueprint[],
): ReadAttributes {
  const target = { ...headers, "x-amz-target": "DynamoDB_20120810.GetItem" };
  return async (name, Key) => {
    const table = tables.find((one) => one.name === name);
    const keys = table === undefined ? [] : indexKeys(table);
    const request = {
      ...{ TableName: name, Key, ConsistentRead: true },
      ProjectionExpression: ["#pk", ...keys.map((_, index) => `#k${index}`)].join(", "),
      ExpressionAttributeNames: {
        "#pk": Object.keys(Key)[0],
        ...Object.fromEntries(keys.map((key, index) => [`#k${index}`, key])),
      },
    };
    const { body } = await dynamoDb.send(target, Buffer.from(JSON.stringify(request)));
    return (JSON.parse(body.toString("utf8")) as { Item?: Attributes }).Item;
  };
}

async function forward(
  dynamoDb: DynamoDbProxy,
  call: ServiceCall,
  request: IncomingMessage,
  body: Buffer,
  { onCapacity }: GatewayOptions,
): Promise<EngineAnswer> {
  if (call.action === "TransactWriteItems") stripRequestToken(body);
  const asked = onCapacity === undefined ? body : withConsumption(body);
  const outcome = await dynamoDb.send(request.headers, asked);
  if (onCapacity !== undefined && outcome.status === 200) {
    const kind = reads.has(call.action) ? "read" : "write";
    onCapacity({
      functionName: call.functionName,
      action: call.action,
      units: consumedUnits(outcome.body),
      kind,
      request: () => call.json(),
    });
  }
  return outcome;
}

const services: Readonly<Record<string, "dynamodb" | "sqs" | "events">> = {
  DynamoDB_20120810: "dynamodb",
  AmazonSQS: "sqs",
  AWSEvents: "events",
};

function describe(
  request: IncomingMessage,
  body: Buffer,
  caller: Caller | undefined,
): ServiceCall | undefined {
  const text = () => body.toString("utf8");
  if (/Credential=[^,]*\/sns\/aws4_request/.test(request.headers.authorization ?? "")) {
    const json = () => Object.fromEntries(new URLSearchParams(text()));
    const action = new URLSearchParams(text()).get("Action") ?? "Unknown";
    return { service: "sns", action, functionName: caller?.name, text, json };
  }
  const target = String(request.headers["x-amz-target"]);
  const dot = target.indexOf(".");
  const [prefix, action] = [target.slice(0, dot), target.slice(dot + 1)];
  const service = services[prefix];
  if (service === undefined) return undefined;
  return { service, action, functionName: caller?.name, text, json: () => JSON.parse(text()) };
}

function callerOf({ headers }: IncomingMessage, callers: ReadonlyMap<string, Caller>): Caller | undefined {
  const accessKey = /Credential=([^/]*)\//.exec(headers.authorization ?? "")?.[1] ?? "";
  return callers.get(accessKey);
}

function respond(response: ServerResponse, verdict: Verdict, outcome: ServiceAnswer): void {
  if (verdict === "drop-answer" || verdict === "cut-answer") response.socket?.destroy();
  else answer(response, outcome);
}

/** Sends the first half of a body, and breaks the connection. */
function cut(response: ServerResponse, body: Buffer): void {
  response.write(body.subarray(0, body.length / 2), () => response.destroy());
}

function answer(response: ServerResponse, { status, body }: ServiceAnswer): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    "content-type": "application/x-amz-json-1.0",
    "content-length": bytes.length,
    "x-amzn-requestid": randomUUID(),
  });
  response.end(bytes);
}

function answerHeaders({ headers, body }: EngineAnswer): Record<string, string | string[] | number> {
  const kept: Record<string, string | string[] | number> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== "connection" && name !== "transfer-encoding") kept[name] = value;
  }
  return { ...kept, "content-length": body.length };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
}
