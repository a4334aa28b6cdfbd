import { type DueDelivery, dueDeliveries, takeDue } from "../../store/outbox/due.ts";
import { sweptAgainMilliseconds } from "../../store/outbox/timing.ts";
import type { Table } from "../../store/table/client.ts";
import type { Deadline } from "../../store/table/retries.ts";
import { sendDeliveries } from "./hand-over.ts";

/**
 * The sweep: hands over what waits in the outbox although it is due. That is what nobody handed over, since a process was killed after its commit,
 * and what is tried again after longer than a queue holds a message back.
 */

/** At most so many at a time, so that all are handed over when a run ends half-way. */
const pageSize = 100;

/**
 * Hands over what is due.
 * @returns how many deliveries that were
 * @throws Error when the queue does not take them: what was taken for it is swept up again later
 */
export async function sweep(table: Table, deadline: Deadline): Promise<number> {
  const now = Date.now();
  const counts = dueDeliveries(table, now).map((part) => sweepPart(table, part, { now, deadline }));
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

async function sweepPart(
  table: Table,
  due: AsyncGenerator<DueDelivery>,
  { now, deadline }: { readonly now: number; readonly deadline: Deadline },
): Promise<number> {
  let handedOver = 0;
  let page: DueDelivery[] = [];
  const handOver = async () => {
    const taken = await Promise.all(page.map((one) => takeDue(table, one, now + sweptAgainMilliseconds())));
    const own = page.filter((_, index) => taken[index]);
    page = [];
    await sendDeliveries(own);
    handedOver += own.length;
  };
  for await (const one of due) {
    if (deadline.remaining() <= 0) break;
    page.push(one);
    if (page.length === pageSize) await handOver();
  }
  if (page.length > 0) await handOver();
  return handedOver;
}
