import { ReadBudget } from "../../store/table/budget.ts";
import type { Table } from "../../store/table/client.ts";

/** At most so many read units a question: what is known to take more is refused before it is read. */
export const maxReadUnits = 500;

/** The same of a page that shows much at once: it may miss what was recorded a moment ago, and costs half. */
export function withEventualReads<Request extends { readonly table: Table }>(
  request: Request,
): Request & { readonly table: Table & { readonly budget: ReadBudget } } {
  const budgeted = withReadBudget(request);
  return { ...budgeted, table: { ...budgeted.table, isEventual: true } };
}

/** A request whose reads are charged to a budget of its own. */
export function withReadBudget<Request extends { readonly table: Table }>(
  request: Request,
): Request & { readonly table: Table & { readonly budget: ReadBudget } } {
  return { ...request, table: { ...request.table, budget: new ReadBudget(maxReadUnits) } };
}
