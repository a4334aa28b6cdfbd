import { TransactionConflictException } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { eraseCustomer } from "../../../lib/store/ledger/erasure.ts";
import { setExcluded } from "../../../lib/store/ledger/exclusion.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { readFacts } from "../../../lib/store/records/facts.ts";
import { isEvent } from "../../../lib/store/records/responses.ts";
import type { StoreContext } from "../../../lib/store/table/context.ts";
import { type Deadline, deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event, response } from "../../fixtures/facts.ts";
import { beforeRequests, type TableRequest } from "../../fixtures/failing.ts";
import { makeWorkspace } from "../../fixtures/workspaces.ts";

/** A write whose time is over, wherever that finds it, says that it may be sent again: never that less should be asked for. */

let table: TestTable;
let context: StoreContext;

beforeAll(async () => {
  table = await startTestTable();
  const workspace = await makeWorkspace(table, "w");
  context = { table, workspace, deadline: deadlineIn(60_000) };
  const at = (minute: number) => ({ occurredAt: `2024-01-01T10:${10 + minute}:00Z` });
  await recordFacts(context, [
    ...[0, 1, 2].map((index) =>
      event(workspace, {
        ...{ type: "ticket.opened", id: `opened-${index}`, ticketId: "t", customerId: "anna", ...at(index) },
      }),
    ),
    event(workspace, { type: "customer.joined", id: "joined", customerId: "anna", ...at(3) }),
    event(workspace, { type: "customer.returned", id: "returned", customerId: "anna", ...at(4) }),
    response(workspace, { survey: "nps", score: 2, comment: "no", ticketId: "t", ...at(5) }),
  ]);
});
afterAll(() => table?.stop());

/** A deadline that has passed once it was asked for so often. */
function after(looks: number): Deadline {
  let left = looks;
  return {
    remaining: () => {
      left -= 1;
      return left < 0 ? 0 : 60_000;
    },
  };
}

/** How often it ran out of time before it was done, with one look more each time. */
async function interrupted(work: (deadline: Deadline) => Promise<unknown>): Promise<number> {
  for (let looks = 0; ; looks += 1) {
    try {
      await work(after(looks));
      return looks;
    } catch (error) {
      expect(error, `after ${looks} looks`).toMatchObject({ code: "unavailable" });
    }
  }
}

it.each(["joined", "opened-0"])("taking out and putting back %s", async (id) => {
  for (const excluded of [true, false]) {
    const request = { excluded, reason: "a test", keyId: "k" };
    const looks = await interrupted((deadline) =>
      setExcluded({ ...context, deadline }, id, isEvent, request),
    );
    expect(looks).toBeGreaterThan(0);
  }
});

it("erasing a person leaves no text that nobody finds again, wherever it is cut off and whoever is faster", async () => {
  const { workspace } = context;
  const isText = ({ commandName, input }: TableRequest) =>
    commandName?.startsWith("Transact") === true && JSON.stringify(input).includes("F#text-");
  for (let looks = 1, isDone = false; !isDone; looks += 1) {
    const of = { ticketId: `ticket-${looks}`, occurredAt: "2024-01-01T10:00:00Z" };
    await recordFacts(context, [
      event(workspace, { ...of, type: "ticket.opened", id: `named-${looks}`, customerId: `kim-${looks}` }),
      event(workspace, { ...of, type: "ticket.replied", id: `text-${looks}`, message: "Dear Kim" }),
    ]);
    let isBusy = true;
    // Another writer is at the text when it is to be erased for the first time.
    const busy = beforeRequests(table, async (request) => {
      if (!isBusy || !isText(request)) return;
      isBusy = false;
      throw new TransactionConflictException({ message: "Transaction is ongoing", $metadata: {} });
    });
    const cut = { ...context, table: busy, deadline: after(looks) };
    isDone = await eraseCustomer(cut, `kim-${looks}`).then(
      () => true,
      () => false,
    );
    await eraseCustomer(context, `kim-${looks}`);
    const [text] = await readFacts(table, workspace.id, [`text-${looks}`], context.deadline);
    expect({ looks, text: text?.fact }).not.toHaveProperty("text.message");
    if (isDone) expect(isBusy).toBe(false);
  }
});

it("erasing a person", async () => {
  const looks = await interrupted((deadline) => eraseCustomer({ ...context, deadline }, "anna"));
  expect(looks).toBeGreaterThan(3);
});
