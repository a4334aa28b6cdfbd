/** One request with facts, and what came of it. */

/** The routes that take facts. */
export type Route = "responses" | "events";

/** What became of one fact. */
export interface FactResult {
  readonly id?: string;
  readonly status: "recorded" | "duplicate" | "conflict" | "invalid";
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** What became of a request. */
export type Posted =
  | { readonly kind: "answered"; readonly results: readonly FactResult[] }
  /** Answered with another status than 200. */
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly text: string;
      /** As the server says it; `null` where it does not. */
      readonly retryAfter: string | null;
      readonly location: string | null;
    }
  /** Not answered: no connection, or too late. */
  | { readonly kind: "unanswered"; readonly error: unknown }
  /** Answered 200 with something else than a result for each fact. */
  | { readonly kind: "strange" };

/** Where facts are sent. */
export interface Target {
  /** The API's base URL, without a slash at the end. */
  readonly url: string;
  readonly key: string;
  readonly timeoutMilliseconds: number;
  readonly fetch?: typeof fetch;
}

/**
 * Sends facts in one request. It can be sent again whatever came of it: facts have ids.
 * @param facts each as JSON
 * @param keepalive whether a browser finishes the request when the page is left
 */
export async function postFacts(
  { url, key, timeoutMilliseconds, fetch: send = fetch }: Target,
  route: Route,
  facts: readonly string[],
  keepalive = false,
): Promise<Posted> {
  let response: Response;
  let text: string;
  try {
    response = await send(`${url}/v1/${route}`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: bodyOf(route, facts),
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMilliseconds),
      ...(keepalive ? { keepalive } : {}),
    });
    text = await response.text();
  } catch (error) {
    return { kind: "unanswered", error };
  }
  const { status, headers } = response;
  if (status !== 200) {
    return {
      kind: "refused",
      status,
      text,
      retryAfter: headers.get("retry-after"),
      location: headers.get("location"),
    };
  }
  const results = resultsIn(text);
  return results?.length === facts.length ? { kind: "answered", results } : { kind: "strange" };
}

/** The body of a request. @param facts each as JSON */
export function bodyOf(route: Route, facts: readonly string[]): string {
  return `{"${route}":[${facts.join()}]}`;
}

const statuses = ["recorded", "duplicate", "conflict", "invalid"];

function resultsIn(text: string): readonly FactResult[] | undefined {
  try {
    const { results } = JSON.parse(text) as { results?: unknown };
    if (!Array.isArray(results)) return undefined;
    return results.every((result) => statuses.includes(result?.status)) ? results : undefined;
  } catch {
    return undefined;
  }
}
