import type { Workspace } from "../../domain/workspace/settings.ts";
import { factSize } from "../../store/records/facts.ts";
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

/** The same with reads charged to a budget. */
export type Budgeted<Request extends Chargeable> = Request & {
  readonly table: Table & { readonly budget: ReadBudget };
};

/** The same of a page that shows much at once: it may miss what was recorded a moment ago, and costs half. */
export function withEventualReads<Request extends Chargeable>(request: Request): Budgeted<Request> {
  const budgeted = withReadBudget(request);
  return { ...budgeted, table: { ...budgeted.table, isEventual: true } };
}

/** Read units that a request has used so far. */
export function unitsUsed({ table }: Pick<Chargeable, "table">): number {
  return table.usedUnits?.read ?? 0;
}

/** How large items are that a workspace has notes of. */
export function knownBytesOf({ factBytes }: Pick<Workspace, "factBytes">): Readonly<Record<string, number>> {
  return factBytes === undefined ? {} : { [factSize.name]: factBytes };
}

/** A request whose reads are charged to a budget of its own: what is left after what has been read for it already. */
export function withReadBudget<Request extends Chargeable>(request: Request): Budgeted<Request> {
  const { table, workspace, deadline } = request;
  const left = maxReadUnits - unitsOfAccess - unitsUsed(request);
  return { ...request, table: { ...table, budget: new ReadBudget(left, deadline, knownBytesOf(workspace)) } };
}
