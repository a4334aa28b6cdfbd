import { lookup as lookUp } from "node:dns";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { literalAddress, mayConnectTo, urlProblem } from "../../domain/webhooks/addresses.ts";
import type { TryOutcome } from "../../store/outbox/deliveries.ts";

/** Sending a delivery over HTTPS to whoever was named, so that it can do no harm there, here, or to the others. */

/** So long a delivery may take in all: the name, the connection and the answer. */
export const patienceMilliseconds = 10_000;

/** So much of an answer is read. */
export const maxAnswerBytes = 16 * 1024;

/** So many characters of it are kept. */
const keptCharacters = 200;

/** The connection was refused here, since its address is not one of the public internet. */
class ForbiddenAddress extends Error {
  override readonly name = "ForbiddenAddress";
  readonly code = "FORBIDDEN_ADDRESS";
}

/** The connection ended without an answer. */
class Broken extends Error {
  override readonly name = "Broken";
  readonly code = "ECONNRESET";
}

/** What is sent. */
export interface Posted {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Where it may go. */
export interface Reach {
  /** Whether the local cloud runs: then a receiver may be on this machine. */
  readonly isLocal: boolean;
  /** Looks up names. Default: as the system does. */
  readonly lookUp?: typeof lookUp;
}

/** Sends a delivery. Never throws: why it was not taken is part of the outcome, in words that quote nothing. Only 200 to 299 is taken. */
export async function post(
  posted: Posted,
  reach: Reach,
): Promise<TryOutcome & { readonly isTaken: boolean }> {
  const at = Date.now();
  const started = performance.now();
  const took = () => Math.round(performance.now() - started);
  try {
    const { status, answer } = await exchange(posted, reach);
    const isTaken = status >= 200 && status <= 299;
    const isRedirect = status >= 300 && status <= 399;
    const error = isRedirect ? { error: "redirects are not followed" } : {};
    return { at, milliseconds: took(), status, ...error, ...(answer === "" ? {} : { answer }), isTaken };
  } catch (error) {
    return { at, milliseconds: took(), error: reasonOf(error), isTaken: false };
  }
}

const reasons: Readonly<Record<string, string>> = {
  FORBIDDEN_ADDRESS: "its address is not one of the public internet",
  ABORT_ERR: `no answer within ${patienceMilliseconds / 1_000} seconds`,
  ENOTFOUND: "its name is not known",
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was broken",
  EPIPE: "the connection was broken",
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return reasons[code] ?? (/^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : "it could not be sent");
}

interface Answered {
  readonly status: number;
  /** How it begins. */
  readonly answer: string;
}

function exchange({ url, headers, body }: Posted, reach: Reach): Promise<Answered> {
  const { protocol, hostname } = new URL(url);
  const address = literalAddress(hostname);
  // Addresses that stand in the URL are not looked up, so nothing else would look at them.
  const isRefused = address !== undefined && !mayConnectTo(address, reach.isLocal);
  if (urlProblem(url, reach.isLocal) !== undefined || isRefused)
    return Promise.reject(new ForbiddenAddress());
  const send = protocol === "http:" ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(body)),
        "user-agent": "cx-metrics-webhooks/1",
        ...headers,
      },
      // Each delivery looks its name up and connects by itself.
      agent: false,
      lookup: publicLookup(reach),
      signal: AbortSignal.timeout(patienceMilliseconds),
    });
    request.on("error", reject);
    request.on("socket", (socket) => {
      socket.on("connect", () => {
        const { remoteAddress = "" } = socket;
        if (!mayConnectTo(remoteAddress, reach.isLocal)) request.destroy(new ForbiddenAddress());
      });
    });
    request.on("response", (response) => read(response).then(resolve, reject));
    // Without an event of its own ends what is answered with a change of protocol; whatever was settled before stays so.
    request.on("close", () => reject(new Broken()));
    request.end(body);
  });
}

/** The addresses of a name that are connected to are those that were looked at: a name that changes in between gains nothing. */
function publicLookup({ isLocal, lookUp: resolve = lookUp }: Reach): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, "");
      const [first] = addresses;
      const areAllPublic = addresses.every(({ address }) => mayConnectTo(address, isLocal));
      if (!first || !areAllPublic) return done(new ForbiddenAddress(), "");
      if (options.all) return done(null, addresses);
      return done(null, first.address, first.family);
    });
  };
}

/** Reads the beginning of an answer, and leaves the rest. */
async function read(response: IncomingMessage): Promise<Answered> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    // Leaving the loop ends the connection.
    if (bytes >= maxAnswerBytes) break;
  }
  const text = Buffer.concat(chunks).subarray(0, maxAnswerBytes).toString("utf8");
  const answer = [...text.replaceAll("\0", "")].slice(0, keptCharacters).join("");
  return { status: response.statusCode ?? 0, answer };
}
