import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type ParseContext, parseEvent, parseResponse } from "../../../lib/domain/facts/parse.ts";

/**
 * The other side of an import: an HTTP server that keeps facts in memory and answers batches as the API's contract
 * says, with faults on request.
 */

/** A request that the peer got. */
export interface Received {
  readonly route: "responses" | "events";
  readonly ids: readonly string[];
  readonly bytes: number;
  /** `performance.now()` when it had arrived. */
  readonly at: number;
}

/** What goes wrong with a request. */
export type Fault =
  /** The connection breaks before anything is stored. */
  | "drop"
  /** Everything is stored, and the connection breaks before the answer. */
  | "drop-answer"
  /** The answer is this, and nothing is stored. */
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  /** The request waits for this before it is handled. */
  | Promise<unknown>
  | undefined;

/** A running peer. */
export interface Peer {
  readonly url: string;
  readonly key: string;
  /** What is stored: content by id, in the order of storing. */
  readonly stored: Map<string, string>;
  /** What is stored: the facts themselves by id. */
  readonly facts: Map<string, Readonly<Record<string, unknown>>>;
  readonly requests: Received[];
  /** Decides what goes wrong with request `index` (from 0) of these facts. */
  fault: (index: number, ids: readonly string[]) => Fault;
  /** Resolves when so many requests have arrived. */
  received(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts a peer on a free port. */
export async function startPeer(): Promise<Peer> {
  const waiting: { count: number; done: () => void }[] = [];
  const server = createServer((request, response) => {
    void handle(peer, request, response, () => {
      for (const { count, done } of waiting) if (peer.requests.length >= count) done();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const peer: Peer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: "test-key",
    stored: new Map(),
    facts: new Map(),
    requests: [],
    fault: () => undefined,
    received: (count) =>
      new Promise((done) => {
        if (peer.requests.length >= count) done();
        else waiting.push({ count, done });
      }),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return peer;
}

async function handle(
  peer: Peer,
  request: IncomingMessage,
  response: ServerResponse,
  arrived: () => void,
): Promise<void> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return;
  }
  const text = Buffer.concat(chunks).toString();
  const route = request.url === "/v1/responses" ? "responses" : "events";
  const facts: unknown[] = JSON.parse(text)[route];
  const index = peer.requests.length;
  peer.requests.push({ route, ids: facts.map(idOf), bytes: Buffer.byteLength(text), at: performance.now() });
  arrived();
  const fault = peer.fault(index, facts.map(idOf));
  if (fault instanceof Promise) await fault;
  if (fault === "drop") return void request.socket.destroy();
  if (typeof fault === "object" && "status" in fault) {
    return answer(response, fault.status, fault.body ?? {}, fault.headers);
  }
  if (request.headers.authorization !== `Bearer ${peer.key}`)
    return answer(response, 401, { message: "Unauthorized" });
  const results = facts.map((fact, position) => ({ index: position, ...record(peer, route, fact) }));
  if (fault === "drop-answer") return void request.socket.destroy();
  answer(response, 200, { ...Object.fromEntries(countsOf(results)), results });
}

function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

const statuses = ["recorded", "duplicate", "conflict", "invalid"] as const;

function record(peer: Peer, route: Received["route"], fact: unknown) {
  const context: ParseContext = {
    now: Date.now(),
    timeZone: "UTC",
    earliestDay: "2000-01-01",
    newId: () => "none",
  };
  const parsed = route === "responses" ? parseResponse(fact, context) : parseEvent(fact, context);
  const id = idOf(fact);
  if (!parsed.ok) return { id, status: "invalid", errors: parsed.errors } as const;
  const { contentHash } = parsed.submission;
  const known = peer.stored.get(id);
  if (known === undefined) {
    peer.stored.set(id, contentHash);
    peer.facts.set(id, fact as Readonly<Record<string, unknown>>);
  }
  const status = known === undefined ? "recorded" : known === contentHash ? "duplicate" : "conflict";
  return { id, status } as const;
}

function countsOf(results: readonly { status: string }[]): [string, number][] {
  return statuses.map((status) => [status, results.filter((result) => result.status === status).length]);
}

function idOf(fact: unknown): string {
  return typeof fact === "object" && fact !== null && "id" in fact ? String(fact.id) : "";
}
