import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { ensureWorkspace } from "../../lib/store/settings/bootstrap.ts";
import { documentClient } from "../../lib/store/table/client.ts";
import { type LocalCloud, startLocalCloud } from "../../lib/tools/local-cloud/cloud.ts";
import { region } from "../../lib/tools/local-cloud/template/names.ts";
import { pick } from "../fixtures/histories.ts";
import { storedItems } from "../fixtures/stored.ts";
import { seededRandom } from "../unit/domain/metrics/statistics/random.ts";
import { type FuzzRequest, makeRequest } from "./requests.ts";

/**
 * Sends requests that chance makes to a local cloud of its own, and looks at what they left behind. The same seed makes
 * the same requests; the order in which they arrive differs, as several are on their way at a time.
 */

/** What to do. */
export interface FuzzOptions {
  readonly seed: number;
  readonly requests: number;
  /** Hears how many requests are answered. */
  readonly onProgress?: (answered: number) => void;
}

/** What came of it. */
export interface FuzzReport {
  /** How many answers there were of each status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** How many answers of 5xx were sent again, by method, path and status. */
  readonly repeated: Readonly<Record<string, number>>;
  /** Facts that were answered `recorded`. */
  readonly recorded: number;
  /** What must not have happened, in words; empty where all is well. */
  readonly violations: readonly string[];
}

const clients = 4;
const mostOfKind = 8;
const maxTurns = 5;
const yearsAtATime = 7;

interface FuzzAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Runs. @throws Error when the local cloud does not start */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const dataDir = await mkdtemp(join(tmpdir(), "cx-metrics-fuzz-"));
  const cloud = await startLocalCloud({ dataDir, variables: { KEY_REQUESTS_PER_SECOND: "1000000" } });
  try {
    return await new Run(cloud, options).finish();
  } finally {
    await cloud.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** One run on a running cloud. */
class Run {
  readonly #cloud: LocalCloud;
  readonly #options: FuzzOptions;
  readonly #random: () => number;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: clients });
  readonly #statuses: Record<number, number> = {};
  readonly #repeated: Record<string, number> = {};
  readonly #violations: string[] = [];
  readonly #blamed = new Map<string, number>();
  #recorded = 0;
  /** Facts in requests of which nobody knows whether they were stored: no answer, or a 5xx, came back. */
  #uncertain = 0;

  constructor(cloud: LocalCloud, options: FuzzOptions) {
    this.#cloud = cloud;
    this.#options = options;
    this.#random = seededRandom(options.seed);
  }

  async finish(): Promise<FuzzReport> {
    const quietKey = await this.#makeQuietWorkspace();
    const before = (await storedItems(this.#cloud, quiet)).sort();
    const keys = await this.#makeKeys();
    let left = this.#options.requests;
    const client = async () => {
      while (left > 0) {
        left -= 1;
        const made = makeRequest(this.#random);
        const key = this.#random() < 0.9 ? this.#cloud.apiKey : pick(this.#random, keys);
        await this.#try(made, key);
        const answered = this.#options.requests - left;
        if (answered % 1_000 === 0) this.#options.onProgress?.(answered);
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    await this.#cloud.idle();
    await this.#checkFacts();
    await this.#reconcile(this.#cloud.apiKey);
    await this.#reconcile(quietKey);
    const after = (await storedItems(this.#cloud, quiet)).sort();
    if (after.join("\n") !== before.join("\n")) {
      this.#blame("isolation", "a workspace that nobody wrote to has changed");
    }
    this.#agent.destroy();
    return {
      statuses: this.#statuses,
      repeated: this.#repeated,
      recorded: this.#recorded,
      violations: this.#violations,
    };
  }

  /** A workspace with some facts, to which no request is sent. */
  async #makeQuietWorkspace(): Promise<string> {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const client = new DynamoDBClient({ endpoint: this.#cloud.engineEndpoint, region, credentials });
    const table = { client: documentClient(client), name: this.#cloud.tableName };
    const { apiKey } = await ensureWorkspace(table, quiet);
    client.destroy();
    const responses = [1, 5, 9].map((score) => ({
      id: `id-${score}`,
      survey: "nps",
      score,
      customerId: "a1",
    }));
    const { status } = await this.#send("POST", "/v1/responses", apiKey, { responses });
    if (status !== 200) throw new Error(`the quiet workspace has no facts: ${status}`);
    return apiKey;
  }

  /** Keys of every kind, and texts that are none. */
  async #makeKeys(): Promise<string[]> {
    const keys = ["", "x", `cxm_${"A".repeat(43)}`, "cxm_../../x", "x".repeat(300)];
    for (const scope of ["ingest", "read"]) {
      const { text } = await this.#send("POST", "/v1/keys", this.#cloud.apiKey, {
        name: scope,
        scopes: [scope],
      });
      keys.push(z.object({ key: z.string() }).parse(JSON.parse(text)).key);
    }
    return keys;
  }

  /**
   * Sends a request, and again where a busy machine let a function run over its time: what the request itself brings
   * about it brings about again.
   */
  async #try(made: FuzzRequest, key: string): Promise<void> {
    const { method, target, headers, body } = made;
    let answer: FuzzAnswer | undefined;
    for (let turn = 1; turn <= maxTurns && (answer === undefined || answer.status >= 500); turn += 1) {
      try {
        answer = await this.#exchange(method, target, { ...headers, authorization: `Bearer ${key}` }, body);
      } catch (error) {
        if (turn === maxTurns)
          this.#blame("unanswered", `${method} ${target.slice(0, 200)}: ${String(error)}`);
      }
      if (answer === undefined || answer.status >= 500) {
        this.#uncertain += factsIn(made);
        const what = `${method} ${target.replace(/\?.*/s, "").slice(0, 80)}: ${answer?.status ?? "unanswered"}`;
        this.#repeated[what] = (this.#repeated[what] ?? 0) + 1;
      }
    }
    if (answer !== undefined) this.#check(made, answer, key === this.#cloud.apiKey);
  }

  #check(made: FuzzRequest, answer: FuzzAnswer, mayAll: boolean): void {
    const { method, target, body } = made;
    this.#statuses[answer.status] = (this.#statuses[answer.status] ?? 0) + 1;
    const what = () => `${method} ${target.slice(0, 300)} ${(body ?? "").slice(0, 500)}`;
    if (answer.status >= 500)
      this.#blame("5xx", `${answer.status} for ${what()}: ${answer.text.slice(0, 200)}`);
    if (mayAll && made.right !== undefined && answer.status !== made.right && answer.status < 500)
      this.#blame("batch", `${answer.status} for ${what()}: ${answer.text.slice(0, 200)}`);
    const isOwn = answer.type.startsWith("application/problem+json") || answer.status < 400;
    if (isOwn && answer.headers["x-content-type-options"] !== "nosniff") {
      this.#blame("headers", `no security headers for ${what()}`);
    }
    if (answer.headers["set-cookie"] !== undefined)
      this.#blame("headers", `a header was injected by ${what()}`);
    if (answer.type.startsWith("text/csv") && /(^|,|\n)"?[=+@\t]/.test(answer.text)) {
      this.#blame("formulas", `a formula in the CSV of ${what()}`);
    }
    if (made.one.route.scope === "ingest" && answer.status < 300) this.#recorded += recordedIn(answer.text);
  }

  /** As many facts are stored as were answered `recorded`; those of which nobody knows may be among them. */
  async #checkFacts(): Promise<void> {
    const items = await storedItems(this.#cloud, "default");
    const facts = items.filter((item) => item.includes('"sk":"fact"')).length;
    const [least, most] = [this.#recorded, this.#recorded + this.#uncertain];
    if (facts < least || facts > most) {
      this.#blame("facts", `${least} to ${most} facts were recorded and ${facts} are stored`);
    }
  }

  /** The counters are those of a recount of the stored facts, which lie on the days of all years: some years at a time. */
  async #reconcile(key: string): Promise<void> {
    const last = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    const lastYear = Number(last.slice(0, 4));
    for (let year = 1999; year <= lastYear; year += yearsAtATime) {
      await this.#reconcileYears(key, year, Math.min(year + yearsAtATime - 1, lastYear), last);
    }
  }

  async #reconcileYears(key: string, first: number, through: number, last: string): Promise<void> {
    const end = `${through}-12-31`;
    const range = { from: `${first}-01-01`, to: end < last ? end : last };
    let { status, text } = await this.#send("POST", "/v1/reconciliation", key, range);
    // What one request is not enough for goes on in steps.
    if (status === 202) {
      await this.#cloud.idle();
      const { id } = z.object({ id: z.string() }).parse(JSON.parse(text));
      const headers = { authorization: `Bearer ${key}` };
      const job = await this.#exchange("GET", `/v1/reconciliation/${id}`, headers, undefined);
      ({ status, text } = { status: job.status, text: JSON.stringify(JSON.parse(job.text).found) });
    }
    const found = z.object({ differencesTotal: z.number() }).safeParse(JSON.parse(text));
    if (found.data?.differencesTotal !== 0) {
      const years = `${first} to ${through}`;
      this.#blame("counters", `reconciliation of ${years} says ${status} ${text.slice(0, 600)}`);
    }
  }

  #send(method: string, target: string, key: string, body: object): Promise<FuzzAnswer> {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    return this.#exchange(method, target, headers, JSON.stringify(body));
  }

  /** Node's own client: it sends paths as they are, which `fetch` puts in order. */
  #exchange(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string | undefined,
  ): Promise<FuzzAnswer> {
    const { hostname, port } = new URL(this.#cloud.url);
    const bytes = body === undefined ? undefined : Buffer.from(body);
    const length = bytes === undefined ? {} : { "content-length": String(bytes.length) };
    const options = { method, path, hostname, port, agent: this.#agent, headers: { ...headers, ...length } };
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(options, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () => {
          const { statusCode: status = 0, headers: answered } = incoming;
          const type = String(answered["content-type"]);
          resolve({ status, type, text: Buffer.concat(chunks).toString("utf8"), headers: answered });
        });
      });
      outgoing.setTimeout(60_000, () => outgoing.destroy(new Error("no answer in a minute")));
      outgoing.on("error", reject);
      outgoing.end(bytes);
    });
  }

  /** Notes what went wrong, of each kind a few times. */
  #blame(kind: string, violation: string): void {
    const known = this.#blamed.get(kind) ?? 0;
    this.#blamed.set(kind, known + 1);
    if (known < mostOfKind) this.#violations.push(`${kind}: ${violation}`);
  }
}

const quiet = "quiet";

/** How many facts an answer of a write route says that it recorded. */
function recordedIn(text: string): number {
  const answer = z
    .object({ status: z.string().optional(), recorded: z.number().optional() })
    .parse(JSON.parse(text));
  return answer.recorded ?? (answer.status === "recorded" ? 1 : 0);
}

/** How many facts a request carries at most. */
function factsIn({ one, body = "" }: FuzzRequest): number {
  return one.route.scope === "ingest" ? (body.match(/"(survey|type)"/g) ?? []).length : 0;
}
