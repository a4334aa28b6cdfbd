import type { Workspace } from "../../domain/workspace/settings.ts";
import type { Route } from "../../route.ts";
import { factSize } from "../../store/records/fact-size.ts";
import { maxReadUnits, ReadBudget } from "../../store/table/budget.ts";
import type { Table } from "../../store/table/client.ts";
import type { Deadline } from "../../store/table/retries.ts";

/** Read units that the authorizer may take for a request, and what counts the key's requests. */
const unitsOfAccess = 5;

/** A request whose reads can be charged to a budget. */
interface Chargeable {
  readonly table: Table;
  readonly workspace: Pick<Workspace, "factBytes">;
  readonly deadline: Deadline;
}

/** The request as its handler gets it: its reads are charged to a budget, unless its route may read as much as it needs. */
export function withBudgetOf<Request extends Chargeable>(
  { method, isBudgeted = method === "GET" }: Pick<Route, "method" | "isBudgeted">,
  request: Request,
): Request {
  return isBudgeted ? withReadBudget(request) : request;
}

/** The request with reads charged to a new budget: what is left after all that has been read for it already. */
export function withReadBudget<Request extends Chargeable>(request: Request): Request {
  const { table, workspace, deadline } = request;
  const left = maxReadUnits - unitsOfAccess - unitsUsed(request);
  return { ...request, table: { ...table, budget: new ReadBudget(left, deadline, knownBytesOf(workspace)) } };
}

/** A request of a page that shows much at once: it may miss what was recorded a moment ago, and costs half. */
export function withEventualReads<Request extends Pick<Chargeable, "table">>(request: Request): Request {
  return { ...request, table: { ...request.table, isEventual: true } };
}

/** Read units that a request has used so far. */
export function unitsUsed({ table }: Pick<Chargeable, "table">): number {
  return table.usedUnits?.read ?? 0;
}

/** How large items are that a workspace has notes of. */
export function knownBytesOf({ factBytes }: Pick<Workspace, "factBytes">): Readonly<Record<string, number>> {
  return factBytes === undefined ? {} : { [factSize.name]: factBytes };
}
