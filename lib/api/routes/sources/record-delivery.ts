import type { FieldError } from "../../../domain/facts/field-error.ts";
import { type ParseContext, parseEvent, parseResponse } from "../../../domain/facts/parse.ts";
import type { Delivery } from "../../../domain/sources/provider.ts";
import { type NamedSource, type ReadDelivery, readDelivery } from "../../../domain/sources/read-delivery.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { maxFacts, recordBatch } from "../facts/handler.ts";

/** Recording what a delivery tells, by the way that every fact goes. */

/** What became of a delivery. */
export interface RecordedDelivery {
  readonly event: string;
  readonly recorded: number;
  readonly duplicate: number;
  readonly conflict: number;
  /** Why some of it was not counted. */
  readonly problems: readonly string[];
}

/** At most so many problems of one delivery are kept. */
const maxProblems = 50;

/**
 * Reads a delivery and records its facts.
 * @param payload parsed JSON; undefined where it is none
 * @throws StoreError when the store is unavailable: what was recorded by then is a duplicate the next time
 */
export async function recordDelivery(
  request: HttpRequest,
  source: NamedSource,
  payload: unknown,
  headers: Delivery["headers"],
): Promise<RecordedDelivery> {
  const read = readDelivery(payload, headers, source);
  const reader = { batchField: "events", parse } as const;
  const counts = { recorded: 0, duplicate: 0, conflict: 0 };
  const problems = [...read.problems];
  for (let begin = 0; begin < read.facts.length; begin += maxFacts) {
    const facts = read.facts.slice(begin, begin + maxFacts);
    const { body } = await recordBatch(request, reader, facts);
    counts.recorded += body.recorded;
    counts.duplicate += body.duplicate;
    counts.conflict += body.conflict;
    problems.push(...body.results.flatMap(({ index, errors = [] }) => problemsOf(facts[index], errors)));
  }
  return { event: read.event, ...counts, problems: [...new Set(problems)].slice(0, maxProblems) };
}

function parse(input: unknown, context: ParseContext) {
  const isResponse = typeof input === "object" && input !== null && "survey" in input;
  return isResponse ? parseResponse(input, context) : parseEvent(input, context);
}

function problemsOf(
  fact: ReadDelivery["facts"][number] | undefined,
  errors: readonly FieldError[],
): string[] {
  const kind = String(fact?.["type"] ?? fact?.["survey"] ?? "a fact").slice(0, 40);
  return errors.slice(0, 5).map(({ pointer, detail }) => `${kind}${pointer} ${detail}`);
}
