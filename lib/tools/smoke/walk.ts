import { CxMetricsClient, type Fact, type FactResult } from "../../../packages/client/src/client.ts";
import { type Route, routeKey } from "../../route.ts";
import { routes } from "../../routes.ts";
import { parseJson } from "../import/json.ts";

/** Checks of a deployment, and their answers. */

/** One line of the table at the end. */
export interface CheckResult {
  readonly name: string;
  readonly expected: string;
  readonly answered: string;
  readonly isRight: boolean;
}

/** The parts of a request beside its route. */
export interface SmokeRequest {
  /** In place of `{id}`. */
  readonly id?: string;
  /** In place of `{delivery}`. */
  readonly delivery?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON; a text is sent as it is. */
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The key to use, `null` for none; the admin key when absent. */
  readonly key?: string | null;
}

/** The answer to a request. */
export interface SmokeAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; `undefined` where it is no JSON. */
  readonly json: unknown;
}

const timeoutMilliseconds = 40_000;

/** Milliseconds in which the client's facts are to be answered for, tried again and again. */
const patience = 8_000;

/** One smoke test: sends requests, remembers the routes that it walked, and collects results. */
export class Walk {
  readonly results: CheckResult[] = [];
  readonly #url: string;
  readonly #key: string;
  readonly #walked = new Set<string>();

  /**
   * @param url the API's address without a slash at the end
   * @param key an admin key
   */
  constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  /** The routes that no request has gone to yet, for example `GET /v1/goals`. */
  get unwalked(): string[] {
    return routes.map(routeKey).filter((key) => !this.#walked.has(key));
  }

  /** Sends a request to a route. */
  ask(method: Route["method"], path: string, request: SmokeRequest = {}): Promise<SmokeAnswer> {
    this.#walked.add(`${method} ${path}`);
    return this.send(
      method,
      path.replace("{id}", request.id ?? "").replace("{delivery}", request.delivery ?? ""),
      request,
    );
  }

  /**
   * Sends facts as users do, with the client.
   * @returns what became of those that do not count
   * @throws Error where they are not answered for
   */
  async track(facts: readonly Fact[]): Promise<FactResult[]> {
    const rejected: FactResult[] = [];
    const client = new CxMetricsClient({
      ...{ url: this.#url, key: this.#key, storage: null },
      onRejected: (_, result) => rejected.push(result),
    });
    for (const fact of facts) {
      this.#walked.add(`POST /v1/${"survey" in fact ? "responses" : "events"}`);
      client.track(fact);
    }
    const waiting = await client.close(patience);
    if (waiting > 0) throw new Error(`${waiting} facts were not answered for`);
    return rejected;
  }

  /** Sends a request to any path, be there a route or not. */
  async send(
    method: string,
    path: string,
    { query = {}, body, headers = {}, key = this.#key }: SmokeRequest = {},
  ): Promise<SmokeAnswer> {
    const search = new URLSearchParams(query).toString();
    const content = typeof body === "object" ? JSON.stringify(body) : body;
    const response = await fetch(`${this.#url}${path}${search === "" ? "" : `?${search}`}`, {
      method,
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(content === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parseJson(text) };
  }

  /** Notes what was expected and what was answered. */
  note(name: string, expected: string, answered: string, isRight = expected === answered): void {
    this.results.push({ name, expected, answered, isRight });
  }
}

/**
 * A field of a parsed answer, as text: `field(json, "items", 0, "id")`.
 * @returns `nothing` where it is not there
 */
export function field(json: unknown, ...path: readonly (string | number)[]): string {
  let value = json;
  for (const step of path) {
    value = typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined;
  }
  return value === undefined ? "nothing" : typeof value === "string" ? value : JSON.stringify(value);
}
