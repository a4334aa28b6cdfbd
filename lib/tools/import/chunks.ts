import type { CompiledMapping } from "./compile.ts";
import type { Destination, MadeFact, Problem } from "./make.ts";
import type { Row } from "./scope.ts";

/** A fact on its way, with the row that it came from. */
export interface Outgoing {
  readonly row: Row;
  readonly fact: MadeFact;
  /** The fact as JSON. */
  readonly json: string;
}

/** One request: facts of one route. */
export interface Batch {
  readonly to: Destination;
  readonly facts: readonly Outgoing[];
}

/** Some rows in a run, and the requests that they became. A chunk is answered for as a whole. */
export interface Chunk {
  readonly batches: readonly Batch[];
  readonly problems: readonly { readonly row: Row; readonly problem: Problem }[];
  /** How many rows were left out, by reason. */
  readonly skipped: ReadonlyMap<string, number>;
  readonly rows: number;
  /** How many of them had more cells than the header, and could be put together. */
  readonly mended: number;
  /** The `number` of its last row. */
  readonly lastRow: number;
  /** Bytes of the file up to its end. */
  readonly position: number;
}

/** The limits of a request. */
export interface ChunkLimits {
  /** Facts in a request, at most. */
  readonly facts: number;
  /** Bytes of a request's body, at most. */
  readonly bytes: number;
}

/** Rows in a chunk, at most, however few facts they make: so often is the state written. */
const maxRows = 5_000;

/** Room for `{"responses":[` and `]}`. */
const envelopeBytes = 32;

/**
 * Gathers rows in chunks: as many as fit in one request to each route.
 * @param rows all rows of the file, in its order
 * @param position how many bytes of the file the rows so far took
 * @param after the number of the last row that is not to be sent any more: 0 for none
 */
export async function* chunksOf(
  rows: AsyncIterable<Row>,
  mapping: CompiledMapping,
  limits: ChunkLimits,
  position: () => number,
  after = 0,
): AsyncGenerator<Chunk, undefined> {
  let draft = newDraft();
  for await (const row of rows) {
    const { facts, problems, skipped, isMended } = mapping.make(row);
    if (row.number <= after) continue;
    const outgoing: Outgoing[] = [];
    const refused: Problem[] = [...problems];
    for (const fact of facts) {
      const json = JSON.stringify(fact.fields);
      if (sizeOf(json) + envelopeBytes > limits.bytes) {
        refused.push({ name: fact.name, pointer: "", detail: "is larger than a request may be" });
      } else outgoing.push({ row, fact, json });
    }
    if (draft.rows > 0 && isFullWith(draft, outgoing, limits)) {
      yield finish(draft, limits);
      draft = newDraft();
    }
    add(draft, row, outgoing, refused, skipped, position());
    if (isMended) draft.mended += 1;
  }
  if (draft.rows > 0) yield finish(draft, limits);
}

interface Draft {
  readonly routes: Record<Destination, { facts: Outgoing[]; bytes: number }>;
  readonly problems: { row: Row; problem: Problem }[];
  readonly skipped: Map<string, number>;
  rows: number;
  mended: number;
  lastRow: number;
  position: number;
}

function newDraft(): Draft {
  return {
    routes: { responses: { facts: [], bytes: envelopeBytes }, events: { facts: [], bytes: envelopeBytes } },
    problems: [],
    skipped: new Map(),
    rows: 0,
    mended: 0,
    lastRow: 0,
    position: 0,
  };
}

function isFullWith(draft: Draft, more: readonly Outgoing[], limits: ChunkLimits): boolean {
  if (draft.rows >= maxRows) return true;
  return (["responses", "events"] as const).some((to) => {
    const route = draft.routes[to];
    const added = more.filter(({ fact }) => fact.to === to);
    const bytes = added.reduce((sum, { json }) => sum + sizeOf(json) + 1, route.bytes);
    return added.length > 0 && (route.facts.length + added.length > limits.facts || bytes > limits.bytes);
  });
}

function add(
  draft: Draft,
  row: Row,
  outgoing: readonly Outgoing[],
  problems: readonly Problem[],
  skipped: string | undefined,
  position: number,
): void {
  for (const item of outgoing) {
    const route = draft.routes[item.fact.to];
    route.facts.push(item);
    route.bytes += sizeOf(item.json) + 1;
  }
  for (const problem of problems) draft.problems.push({ row, problem });
  if (skipped !== undefined) draft.skipped.set(skipped, (draft.skipped.get(skipped) ?? 0) + 1);
  draft.rows += row.members?.length ?? 1;
  draft.lastRow = row.number;
  draft.position = position;
}

function finish(draft: Draft, limits: ChunkLimits): Chunk {
  const { routes, ...rest } = draft;
  const batches = (["responses", "events"] as const).flatMap((to) =>
    split(routes[to].facts, limits).map((facts) => ({ to, facts })),
  );
  return { ...rest, batches };
}

/** One row can make more facts than fit in a request: then, and only then, a route's facts take several. */
function split(facts: readonly Outgoing[], limits: ChunkLimits): Outgoing[][] {
  const groups: Outgoing[][] = [];
  let bytes = 0;
  for (const item of facts) {
    const size = sizeOf(item.json) + 1;
    const group = groups.at(-1);
    if (group && group.length < limits.facts && bytes + size <= limits.bytes) {
      group.push(item);
      bytes += size;
    } else {
      groups.push([item]);
      bytes = envelopeBytes + size;
    }
  }
  return groups;
}

function sizeOf(json: string): number {
  return Buffer.byteLength(json);
}

/** How many comments of a chunk are cut. */
export function cutComments({ batches }: Chunk): number {
  return batches.reduce((sum, { facts }) => sum + facts.filter(({ fact }) => fact.isCut === true).length, 0);
}

/** How many facts of a chunk could not be made. A fact with several problems counts once. */
export function unmadeFacts({ problems }: Chunk): number {
  return new Set(problems.map(({ row, problem }) => `${row.number} ${problem.name ?? ""}`)).size;
}
