import * as z from "zod";
import { beginning } from "../../../calendar/days.ts";
import { maxReconciled } from "../../../store/reconciliation/reading.ts";
import { type Reconciliation, reconcile } from "../../../store/reconciliation/reconciliation.ts";
import type { CounterDifference } from "../../../store/reconciliation/recounting.ts";
import { StoreError } from "../../../store/table/errors.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { exactNumber } from "../../pipeline/exact-number.ts";
import { dayParameter, parseBody } from "../../pipeline/parameters.ts";
import { invalidField } from "../../pipeline/problem.ts";
import type { reconciliationAnswerSchema } from "./answers.ts";

type ReconciliationAnswer = AnswerOf<typeof reconciliationAnswerSchema>;

/** At most so many differences are listed, as many histories, and as many entities that are counted by other settings. */
export const maxListed = 1_000;

/** The body of `POST /v1/reconciliation`. */
export const reconciliationSchema = z
  .strictObject({
    from: dayParameter,
    to: dayParameter,
    repair: z
      .boolean()
      .default(false)
      .meta({ description: "Whether to put right what differs, as a new snapshot revision" }),
  })
  .meta({ id: "ReconciliationRange", description: "Days, both included" });

/** `POST /v1/reconciliation`: recounts the stored facts of some days, and puts right what differs on request. */
export async function reconcileDays(request: HttpRequest): Promise<Answer<ReconciliationAnswer>> {
  const { table, workspace, deadline } = request;
  const { from, to, repair } = parseBody(reconciliationSchema, request.body);
  if (from > to) throw invalidField("to", "must not be before from");
  if (from < beginning) throw invalidField("from", `must not be before ${beginning}`);
  if (to > "2999-12-31") throw invalidField("to", "must not be after 2999-12-31");
  try {
    const found = await reconcile(table, workspace, { from, to }, repair, deadline);
    request.note({
      facts: found.facts,
      entities: found.entities,
      differences: found.differences.length,
      histories: found.histories.length,
      outdated: found.outdated.length,
      repaired: found.repaired,
    });
    return { status: 200, body: { from, to, ...present(found) } };
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== "too-many-facts") throw error;
    const limits = `more than ${maxReconciled.toLocaleString("en")} facts on these days and those whose carts and customers fall due on them, or no time left`;
    throw invalidField("from", `too much for one request (${limits}): ask for a shorter range`);
  }
}

function present(found: Reconciliation): Omit<ReconciliationAnswer, "from" | "to"> {
  const { facts, entities, partial, differences, histories, outdated, unsettled, repaired, restatedDays } =
    found;
  return {
    ...{ facts, entities, partial: [...partial] },
    differences: differences.slice(0, maxListed).map(presentDifference),
    differencesTotal: differences.length,
    histories: histories
      .slice(0, maxListed)
      .map(({ stored, days }) => ({ entity: stored.entity.name, id: stored.id, days })),
    historiesTotal: histories.length,
    outdated: outdated.slice(0, maxListed).map(({ entity, id }) => ({ entity: entity.name, id })),
    outdatedTotal: outdated.length,
    ...{ unsettled, repaired, restatedDays },
  };
}

function presentDifference(difference: CounterDifference): ReconciliationAnswer["differences"][number] {
  const { when, family, segment, counter, counted, recounted } = difference;
  return {
    ...(when.length === 4 ? { year: when } : { day: when }),
    ...{ family, segment, counter },
    counted: exactNumber(counted),
    recounted: exactNumber(recounted),
  };
}
