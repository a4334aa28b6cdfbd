import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { promisify } from "node:util";
import { codeOf, LocalCloudError, messageOf } from "../errors.ts";
import { type GatewayRequest, headBytes, readRequest } from "./request.ts";
import { type GatewayResponse, gatewayMessage } from "./response.ts";

/** API Gateway's limits on a request. */
const maxHeadBytes = 10_240;
const maxBodyBytes = 10 * 1024 * 1024;

/** How long a refused client has to read why. */
const lingerMilliseconds = 1_000;

/** Answers requests: the HTTP API, once the local cloud has started. */
export type AnswerRequest = (
  request: GatewayRequest,
  readBody: () => Promise<Buffer | undefined>,
) => Promise<GatewayResponse>;

/**
 * The HTTP server of the local API, on the loopback interface only. It takes the port first of all, so that a taken
 * port is noticed at once, and answers 503 until there is something that answers.
 */
export class HttpServer {
  readonly #server: Server;
  #answerRequest: AnswerRequest | undefined;
  #running = 0;
  #onIdle: () => void = () => {};

  /** @param headMilliseconds how long a request's head may take to come */
  constructor(headMilliseconds = 10_000) {
    this.#server = createServer(
      {
        // A client that sends slowly or never must not hold on to a connection for ever.
        headersTimeout: headMilliseconds,
        requestTimeout: Math.max(30_000, headMilliseconds),
        keepAliveTimeout: 60_000,
        connectionsCheckingInterval: headMilliseconds / 5,
        // Node's limit only guards the memory; the limit that answers is API Gateway's.
        maxHeaderSize: 4 * maxHeadBytes,
      },
      (request, response) => void this.#handle(request, response),
    );
    this.#server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
      if (declaredBytes(request) <= maxBodyBytes) response.writeContinue();
      void this.#handle(request, response);
    });
    this.#server.on("clientError", refuse);
    // A connection on which nothing comes or goes; what a function takes is less.
    this.#server.setTimeout(6 * headMilliseconds);
  }

  /** How many connections are open. */
  get connections(): Promise<number> {
    return promisify(this.#server.getConnections.bind(this.#server))();
  }

  /**
   * Takes the port.
   * @param port 0 for any free one
   * @returns the address
   * @throws LocalCloudError when the port cannot be had
   */
  async listen(port: number): Promise<string> {
    try {
      this.#server.listen(port, "127.0.0.1");
      await once(this.#server, "listening");
    } catch (error) {
      const reasons: Readonly<Record<string, string>> = {
        EADDRINUSE: "is taken",
        EACCES: "may only be used by the administrator",
      };
      const reason = reasons[codeOf(error) ?? ""] ?? `cannot be used (${messageOf(error)})`;
      throw new LocalCloudError(`Port ${port} ${reason}: set PORT to another one`, { cause: error });
    }
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Begins to answer. */
  serve(answerRequest: AnswerRequest): void {
    this.#answerRequest = answerRequest;
  }

  /** Takes no more requests, waits for those that run, for so long at most, and closes all connections. */
  async close(graceMilliseconds: number): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    if (this.#running > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#onIdle = resolve;
      const timer = setTimeout(resolve, graceMilliseconds);
      await promise;
      clearTimeout(timer);
    }
    this.#server.closeAllConnections();
    await closed;
  }

  async #handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    this.#running++;
    try {
      const response = await this.#answer(incoming);
      write(incoming, outgoing, response, !this.#server.listening);
    } catch {
      // A header that cannot be sent, or a client that went away.
      if (outgoing.headersSent) outgoing.destroy();
      else write(incoming, outgoing, gatewayMessage(500, "Internal Server Error"), true);
    } finally {
      this.#running--;
      if (this.#running === 0) this.#onIdle();
    }
  }

  async #answer(incoming: IncomingMessage): Promise<GatewayResponse> {
    if (headBytes(incoming) > maxHeadBytes) return gatewayMessage(431, "Request Header Fields Too Large");
    if (this.#answerRequest === undefined) return gatewayMessage(503, "Service Unavailable");
    const request = readRequest(incoming);
    if (request === undefined) return gatewayMessage(400, "Bad Request");
    return this.#answerRequest(request, () => readBody(incoming));
  }
}

function declaredBytes(incoming: IncomingMessage): number {
  return Number(incoming.headers["content-length"] ?? 0);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** @returns undefined when the body is over the limit; the rest of it is thrown away */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  if (declaredBytes(incoming) > maxBodyBytes) return undefined;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    incoming.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBodyBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    incoming.on("end", () => resolve(Buffer.concat(chunks)));
    incoming.on("error", reject);
    incoming.on("close", () => reject(new Error("The client went away")));
  });
}

function write(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, headers, body }: GatewayResponse,
  last: boolean,
): void {
  const unread = !incoming.complete && hasBody(incoming);
  // Reads on to the end, so that the client gets to see the answer; the request's time limit bounds that.
  if (unread) incoming.resume();
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
  if (last || unread) outgoing.setHeader("connection", "close");
  if (status !== 204 && status !== 304) outgoing.setHeader("content-length", body.length);
  outgoing.writeHead(status);
  outgoing.end(incoming.method === "HEAD" ? undefined : body);
}

/** Answers what is not HTTP, has too long a head, or takes too long to come. */
function refuse(error: Error, socket: Duplex): void {
  const [status, message] =
    codeOf(error) === "HPE_HEADER_OVERFLOW"
      ? [431, "Request Header Fields Too Large"]
      : codeOf(error) === "ERR_HTTP_REQUEST_TIMEOUT"
        ? [408, "Request Timeout"]
        : [400, "Bad Request"];
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify({ message });
  // A client that does not close its side would keep the connection: it gets a moment to read the answer.
  const end = setTimeout(() => socket.destroy(), lingerMilliseconds);
  socket.once("close", () => clearTimeout(end));
  socket.resume();
  socket.end(
    `HTTP/1.1 ${status} ${message}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
}
