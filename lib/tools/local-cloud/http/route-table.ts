/** A route that a request takes. */
export interface RouteMatch<Route> {
  readonly route: Route;
  /** The values of the path's variables. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface Candidate<Route> {
  readonly route: Route;
  readonly method: string;
  readonly segments: readonly string[];
}

/**
 * Chooses routes as an HTTP API does: the one whose path says more, segment by segment from the left (a literal
 * before a `{variable}` before a greedy `{variable+}`), then the one that names the method before `ANY`, and
 * `$default` when nothing else matches.
 */
export class RouteTable<Route extends { readonly key: string }> {
  readonly #candidates: readonly Candidate<Route>[];
  readonly #fallback: Route | undefined;

  constructor(routes: readonly Route[]) {
    this.#fallback = routes.find(({ key }) => key === "$default");
    this.#candidates = routes
      .filter(({ key }) => key !== "$default")
      .map((route) => {
        const [method = "", path = ""] = route.key.split(" ");
        return { route, method, segments: path.split("/").slice(1) };
      })
      .sort(bySpecificity);
  }

  /**
   * Finds the route of a request.
   * @param path begins with a slash, percent-decoded
   */
  match(method: string, path: string): RouteMatch<Route> | undefined {
    const segments = path.split("/").slice(1);
    for (const candidate of this.#candidates) {
      if (candidate.method !== method && candidate.method !== "ANY") continue;
      const pathParameters = matchSegments(candidate.segments, segments);
      if (pathParameters !== undefined) return { route: candidate.route, pathParameters };
    }
    return this.#fallback && { route: this.#fallback, pathParameters: {} };
  }
}

function bySpecificity<Route>(a: Candidate<Route>, b: Candidate<Route>): number {
  const length = Math.max(a.segments.length, b.segments.length);
  for (let index = 0; index < length; index++) {
    const difference = rank(a.segments[index]) - rank(b.segments[index]);
    if (difference !== 0) return difference;
  }
  return Number(a.method === "ANY") - Number(b.method === "ANY");
}

function rank(segment: string | undefined): number {
  if (segment === undefined || isGreedy(segment)) return 2;
  return isVariable(segment) ? 1 : 0;
}

function isVariable(segment: string): boolean {
  return segment.startsWith("{") && segment.endsWith("}");
}

function isGreedy(segment: string): boolean {
  return isVariable(segment) && segment.endsWith("+}");
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    if (isGreedy(part)) {
      const rest = segments.slice(index).join("/");
      return rest === "" ? undefined : { ...parameters, [part.slice(1, -2)]: rest };
    }
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (!isVariable(part)) {
      if (part !== segment) return undefined;
    } else if (segment === "") return undefined;
    else parameters[part.slice(1, -1)] = segment;
  }
  return pattern.length === segments.length ? parameters : undefined;
}
