import { v7 as uuid } from "uuid";
import type { FieldError } from "../../../domain/facts/field-error.ts";
import { maxErrors, type ParseContext, type Parsed, type Submission } from "../../../domain/facts/parse.ts";
import { handOver } from "../../../jobs/webhooks/hand-over.ts";
import { type Outcome, recordFacts } from "../../../store/ledger/ledger.ts";
import type { ReplacementProblem } from "../../../store/ledger/replacement.ts";
import { describeError, logger } from "../../../telemetry/logger.ts";
import { outcomeFields, publishTries } from "../../../telemetry/metrics.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import type { batchSchema, recordedSchema } from "./answers.ts";
import { failedFact, parseApart, recordApart } from "./record-apart.ts";
import { bySender, byWorkspace } from "./sender.ts";

/** The two write routes: one fact or a batch in, outcomes out. */

/** At most so many facts in a batch. */
export const maxFacts = 500;

type BatchAnswer = Answer<AnswerOf<typeof batchSchema>>;
type FactAnswer = Answer<AnswerOf<typeof recordedSchema>>;

/** How a write route reads its facts. */
export interface FactReader {
  /** The field that holds a batch. */
  readonly batchField: "responses" | "events";
  readonly parse: (input: unknown, context: ParseContext) => Parsed;
}

/** The outcomes of a fact that is well-formed and refused. */
type Refused = "refused" | "failed" | ReplacementProblem;

/** Those that the fact's `supersedes` brings about. */
type ProblemOfOld = Exclude<ReplacementProblem, "too-old">;

function replacementErrors(
  details: Readonly<Record<ProblemOfOld, string>>,
): Record<ProblemOfOld, readonly FieldError[]> {
  const errors = Object.entries(details).map(([why, detail]) => [why, [{ pointer: "/supersedes", detail }]]);
  return Object.fromEntries(errors) as Record<ProblemOfOld, readonly FieldError[]>;
}

/** Why a fact is refused that is well-formed. */
const refusals: Readonly<Record<Refused, readonly FieldError[]>> = {
  ...replacementErrors({
    unknown: "must be the id of a fact that was recorded before",
    foreign:
      "must be the id of a fact of the same sender: a public key replaces its own facts, every other key those of all that are not public",
    "other-type": "must be the id of a fact of the same type, and of the same survey",
    superseded: "is the id of a fact that has been replaced already: replace the one that did it",
    erased: "is the id of a fact whose person has been erased",
    "too-many":
      "is the id of a fact that cannot be replaced: too many facts of its days would have to be looked at",
  }),
  "too-old": [
    { pointer: "", detail: "would replace a fact of a day that is too long ago for what this key may send" },
  ],
  refused: [
    { pointer: "", detail: "is about something whose history is full: too many facts name the same id" },
  ],
  failed: failedFact,
};

/** The outcome of one fact of a batch. */
interface Result {
  readonly index: number;
  readonly id?: string;
  readonly status: Exclude<Outcome, Refused> | "invalid";
  readonly errors?: readonly FieldError[];
}

/**
 * Records the fact or the batch in a request's body.
 * @throws HttpProblem 400, 409, 413 or 422; StoreError when the store is unavailable
 */
export async function record(request: HttpRequest, reader: FactReader): Promise<BatchAnswer | FactAnswer> {
  const batch = batchOf(request.body, reader.batchField);
  return batch ? recordBatch(request, reader, batch) : recordOne(request, reader);
}

function batchOf(body: unknown, field: FactReader["batchField"]): unknown[] | undefined {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new HttpProblem(422, `the body must be one fact or { "${field}": [ … ] }`, {
      errors: [{ pointer: "", detail: "must be an object" }],
    });
  }
  if (!Object.hasOwn(body, field)) {
    const otherField = field === "events" ? "responses" : "events";
    if (!Object.hasOwn(body, otherField)) return undefined;
    throw new HttpProblem(422, "the batch is on the wrong route", {
      errors: [
        { pointer: `/${otherField}`, detail: `is not a known field here: POST /v1/${otherField} takes it` },
      ],
    });
  }
  const unknownFields = Object.keys(body).filter((key) => key !== field);
  if (unknownFields.length > 0) {
    throw new HttpProblem(422, "the batch has unknown fields", {
      errors: unknownFields
        .slice(0, maxErrors)
        .map((key) => ({ pointer: `/${key}`, detail: "is not a known field" })),
    });
  }
  const facts: unknown = (body as Readonly<Record<string, unknown>>)[field];
  const refuse = (detail: string) =>
    new HttpProblem(422, "the batch is invalid", { errors: [{ pointer: `/${field}`, detail }] });
  if (!Array.isArray(facts)) throw refuse("must be a list");
  if (facts.length === 0) throw refuse("must not be empty");
  if (facts.length > maxFacts) throw refuse(`must have at most ${maxFacts} facts`);
  return facts;
}

function parseContext({ workspace }: HttpRequest, newId: () => string): ParseContext {
  const { timeZone, earliestDay, funnels } = workspace;
  const journeyStages = [...new Set([workspace.journeyStages, ...Object.values(funnels)].flat())];
  const { linkOrders: linksOrders } = workspace;
  return { now: Date.now(), timeZone, earliestDay, journeyStages, linksOrders, newId };
}

/** A parsed fact as its sender may send it, and as the workspace counts its kind. */
function readFact({ principal, workspace }: HttpRequest, parsed: Parsed, context: ParseContext): Parsed {
  return byWorkspace(bySender(parsed, principal, context), principal, workspace);
}

async function recordOne(request: HttpRequest, { parse }: FactReader): Promise<FactAnswer> {
  const key = request.headers["idempotency-key"];
  const context = parseContext(request, uuid);
  const failures = new Failures(request);
  const read = parseApart((input) => readFact(request, parse(input, context), context), failures.add);
  const parsed = read(withId(request.body, key));
  if (!parsed.ok) {
    request.note(outcomeFields({ invalid: 1 }));
    throw new HttpProblem(422, "the fact is invalid", { errors: parsed.errors });
  }
  const outcomes = await recordAll(request, [parsed.submission], failures);
  const status = answered(outcomes[0], request);
  if (isRefused(status)) {
    request.note(outcomeFields({ invalid: 1 }));
    throw new HttpProblem(422, "the fact is invalid", { errors: refusals[status] });
  }
  request.note({ outcome: status, ...outcomeFields({ [status]: 1 }) });
  if (status === "conflict") {
    throw new HttpProblem(409, "a fact with this id and other content is already recorded");
  }
  return { status: status === "recorded" ? 201 : 200, body: { id: parsed.submission.fact.id, status } };
}

/**
 * An outcome as its sender may know it. Strangers can send what they like under an id that is known: whether it is the same
 * as what is stored would tell them what that is.
 */
function answered<Known extends string>(
  outcome: Known | undefined,
  { principal }: HttpRequest,
): Known | "conflict" | "duplicate" {
  const known = outcome ?? "conflict";
  return known === "conflict" && principal.isPublic ? "duplicate" : known;
}

/** Records, and tells of each try: most of all where the request ends in a 503. */
function recordAll(
  request: HttpRequest,
  submissions: readonly Submission[],
  failures: Failures,
): ReturnType<typeof recordApart> {
  const record = async (some: readonly Submission[]) => {
    const { outcomes, entries } = await recordFacts(request, some, (tries) => {
      request.note({ ...tries });
      publishTries(tries);
    });
    await handOver(entries);
    return outcomes;
  };
  return recordApart(record, submissions, failures.add);
}

/** The facts of one request that the code failed on: counted in its log line, the first one logged like any other failure. */
class Failures {
  readonly #request: HttpRequest;
  #count = 0;

  constructor(request: HttpRequest) {
    this.#request = request;
  }

  readonly add = (error: unknown): void => {
    this.#count += 1;
    this.#request.note({ failedFacts: this.#count });
    if (this.#count === 1) logger.error("fact", describeError(error));
  };
}

/** A single fact takes its id from the Idempotency-Key header when it brings none. */
function withId(body: unknown, key: string | undefined): unknown {
  if (key === undefined || typeof body !== "object" || body === null || Object.hasOwn(body, "id"))
    return body;
  return { ...body, id: key };
}

/**
 * Records facts, however many.
 * @throws HttpProblem 400 where one `Idempotency-Key` is to name several; StoreError when the store is unavailable
 */
export async function recordBatch(
  request: HttpRequest,
  { parse }: FactReader,
  batch: readonly unknown[],
): Promise<BatchAnswer> {
  if (request.headers["idempotency-key"] !== undefined && batch.some(isWithoutId)) {
    throw new HttpProblem(400, "Idempotency-Key names one fact: give each fact of a batch an id of its own");
  }
  const context = parseContext(request, uuid);
  const failures = new Failures(request);
  const read = parseApart((input) => readFact(request, parse(input, context), context), failures.add);
  const parsed = batch.map(read);
  const submissions: Submission[] = parsed.flatMap((fact) => (fact.ok ? [fact.submission] : []));
  const outcomes = await recordAll(request, submissions, failures);
  let next = 0;
  const results = parsed.map((fact, index): Result => {
    if (!fact.ok) {
      return {
        index,
        ...(fact.id === undefined ? {} : { id: fact.id }),
        status: "invalid",
        errors: fact.errors,
      };
    }
    const status = answered(outcomes[next], request);
    next += 1;
    const { id } = fact.submission.fact;
    return isRefused(status)
      ? { index, id, status: "invalid", errors: refusals[status] }
      : { index, id, status };
  });
  const count = (status: Result["status"]) => results.filter((result) => result.status === status).length;
  const counts = {
    recorded: count("recorded"),
    duplicate: count("duplicate"),
    conflict: count("conflict"),
    invalid: count("invalid"),
  };
  request.note({ ...counts, ...outcomeFields(counts) });
  return { status: 200, body: { ...counts, results } };
}

function isRefused(status: Outcome | "failed"): status is Refused {
  return Object.hasOwn(refusals, status);
}

function isWithoutId(input: unknown): boolean {
  return typeof input === "object" && input !== null && !Object.hasOwn(input, "id");
}
