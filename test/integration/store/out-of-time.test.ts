import { afterAll, beforeAll, expect, it } from "vitest";
import { eraseCustomer } from "../../../lib/store/ledger/erasure.ts";
import { setExcluded } from "../../../lib/store/ledger/exclusion.ts";
import { recordFacts } from "../../../lib/store/ledger/ledger.ts";
import { isEvent } from "../../../lib/store/records/responses.ts";
import type { StoreContext } from "../../../lib/store/table/context.ts";
import { type Deadline, deadlineIn } from "../../../lib/store/table/retries.ts";
import { startTestTable, type TestTable } from "../../fixtures/engine.ts";
import { event, response } from "../../fixtures/facts.ts";
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

it("erasing a person", async () => {
  const looks = await interrupted((deadline) => eraseCustomer({ ...context, deadline }, "anna"));
  expect(looks).toBeGreaterThan(3);
});
