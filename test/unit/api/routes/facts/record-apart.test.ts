import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HttpProblem } from "../../../../../lib/api/pipeline/problem.ts";
import { parseApart, recordApart } from "../../../../../lib/api/routes/facts/record-apart.ts";
import { parseResponse, type Submission } from "../../../../../lib/domain/facts/parse.ts";
import { StoreError } from "../../../../../lib/store/table/errors.ts";

const context = { now: Date.now(), timeZone: "UTC", earliestDay: "2000-01-01", newId: () => "made" };

function submission(id: number): Submission {
  const parsed = parseResponse({ id: String(id), survey: "nps", score: 9 }, context);
  if (!parsed.ok) throw new Error("it is valid");
  return parsed.submission;
}

/** Records in pairs, each pair whole or not at all, up to the first fact on which it throws. */
class Ledger {
  readonly stored = new Set<string>();
  calls = 0;
  readonly #errorOf: (id: string) => unknown;

  constructor(errorOf: (id: string) => unknown) {
    this.#errorOf = errorOf;
  }

  readonly record = async (facts: readonly Submission[]) => {
    this.calls += 1;
    const known = new Set(this.stored);
    for (let first = 0; first < facts.length; first += 2) {
      const pair = facts.slice(first, first + 2).map(({ fact }) => fact.id);
      const error = pair.map(this.#errorOf).find((found) => found !== undefined);
      if (error !== undefined) throw error;
      for (const id of pair) this.stored.add(id);
    }
    return facts.map(({ fact }) => (known.has(fact.id) ? ("duplicate" as const) : ("recorded" as const)));
  };
}

const cancelled = (Code: string) =>
  new TransactionCanceledException({ message: "", $metadata: {}, CancellationReasons: [{ Code }] });
const named = (name: string, more: object = {}) => Object.assign(new Error("said no"), { name, ...more });

describe("what one fact makes the code throw", () => {
  it("fails that fact alone, wherever it stands and however many there are; all others are stored", async () => {
    const some = fc
      .integer({ min: 1, max: 40 })
      .chain((count) => fc.tuple(fc.constant(count), fc.uniqueArray(fc.nat({ max: count - 1 }))));
    await fc.assert(
      fc.asyncProperty(some, async ([count, poisoned]) => {
        const bad = new Set(poisoned.map(String));
        const ledger = new Ledger((id) => (bad.has(id) ? new RangeError("no such day") : undefined));
        const facts = Array.from({ length: count }, (_, index) => submission(index));
        const heard: unknown[] = [];
        const outcomes = await recordApart(ledger.record, facts, (error) => heard.push(error));
        const failed = outcomes.map((outcome) => outcome === "failed");
        expect(failed).toEqual(facts.map(({ fact }) => bad.has(fact.id)));
        expect(ledger.stored.size).toBe(count - bad.size);
        expect(heard).toHaveLength(bad.size);
        expect(ledger.calls).toBeLessThanOrEqual(1 + 2 * bad.size * Math.ceil(Math.log2(count + 1)));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ["a value that code was not made for", new TypeError("undefined is not a day")],
    ["a number that is none", new SyntaxError("Cannot convert x to a BigInt")],
    ["a number that cannot be written", new Error("is greater than Number.MAX_SAFE_INTEGER")],
    ["a value that Node does not take", named("TypeError", { code: "ERR_INVALID_ARG_TYPE" })],
    ["what the store finds invalid", named("ValidationException", { $metadata: {} })],
    ["what a transaction finds invalid", cancelled("ValidationError")],
  ])("is %s", async (_name, error) => {
    const ledger = new Ledger((id) => (id === "1" ? error : undefined));
    const outcomes = await recordApart(ledger.record, [0, 1, 2].map(submission), () => {});
    expect(outcomes.filter((outcome) => outcome === "failed")).toHaveLength(1);
    expect(outcomes[1]).toBe("failed");
  });

  it("is invalid where it is thrown in reading the fact", () => {
    const heard: unknown[] = [];
    const parse = parseApart(
      () => {
        throw new RangeError("no such day");
      },
      (error) => heard.push(error),
    );
    expect(parse({ id: "a" })).toMatchObject({ ok: false, errors: [{ pointer: "" }] });
    expect(heard).toHaveLength(1);
  });
});

describe("what fails for all facts", () => {
  it.each([
    ["a store that is unavailable", new StoreError("unavailable", "not in time")],
    ["a store that throttles", named("ProvisionedThroughputExceededException", { $metadata: {} })],
    ["a transaction that met another", cancelled("TransactionConflict")],
    ["a table that the role may not use", named("AccessDeniedException", { $metadata: {} })],
    ["a table that is not there", named("ResourceNotFoundException", { $metadata: {} })],
    ["a role that is not there", named("CredentialsProviderError")],
    ["a broken connection", named("Error", { code: "ECONNRESET" })],
    ["a machine without sockets", named("Error", { code: "EMFILE" })],
    ["a refusal of the whole request", new HttpProblem(409, "no")],
    ["nothing that says what it is", "oops"],
  ])("is thrown on, and no fact is called invalid for it: %s", async (_name, error) => {
    const ledger = new Ledger((id) => (id === "1" ? error : undefined));
    const heard: unknown[] = [];
    const work = recordApart(ledger.record, [0, 1, 2].map(submission), (one) => heard.push(one));
    await expect(work).rejects.toBe(error);
    expect({ calls: ledger.calls, heard }).toEqual({ calls: 1, heard: [] });
  });
});
