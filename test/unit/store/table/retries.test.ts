import { ConditionalCheckFailedException, TransactionConflictException } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { StoreError } from "../../../../lib/store/table/errors.ts";
import { deadlineIn, retryOnWriteConflict } from "../../../../lib/store/table/retries.ts";

const soon = () => deadlineIn(60_000);
const refused = () => new ConditionalCheckFailedException({ message: "refused", $metadata: {} });

/** Does each of these in turn, and counts. */
function inTurn<Result>(...turns: readonly (() => Result)[]) {
  const attempt = async () => {
    const turn = turns[attempt.times];
    attempt.times += 1;
    return turn?.();
  };
  attempt.times = 0;
  return attempt;
}

const failing = (error: Error) => () => {
  throw error;
};

it("what nobody is in the way of is done once", async () => {
  const attempt = inTurn(() => 0);
  expect(await retryOnWriteConflict(soon(), attempt)).toBe(0);
  expect(attempt.times).toBe(1);
});

it("what another writer is in the way of is done again, in whatever way that shows", async () => {
  const conflict = new TransactionConflictException({ message: "conflict", $metadata: {} });
  const attempt = inTurn(
    () => undefined,
    failing(refused()),
    failing(conflict),
    () => false,
  );
  expect(await retryOnWriteConflict(soon(), attempt)).toBe(false);
  expect(attempt.times).toBe(4);
});

it("what fails otherwise is not done again", async () => {
  const attempt = inTurn(failing(new RangeError("no room")), () => 1);
  await expect(retryOnWriteConflict(soon(), attempt)).rejects.toThrow("no room");
  expect(attempt.times).toBe(1);
});

it("other writers that keep being faster end in `unavailable`, with the last refusal as its cause", async () => {
  const error = refused();
  const kept = retryOnWriteConflict(deadlineIn(0), inTurn(failing(error)));
  await expect(kept).rejects.toBeInstanceOf(StoreError);
  await expect(kept).rejects.toMatchObject({ code: "unavailable", cause: error });
});
