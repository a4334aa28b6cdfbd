import { daysOfOldVersions, nextPlanning } from "../../../schedules.ts";
import { eraseCustomer } from "../../../store/ledger/erasure.ts";
import { forgetDeliveriesNaming } from "../../../store/settings/named-deliveries.ts";
import { maxPlannedDays } from "../../../store/snapshots/snapshot-plan.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { parseQuery } from "../../pipeline/parameters.ts";
import type { erasedSchema } from "./answers.ts";
import { erasureQuerySchema } from "./query.ts";

/** `DELETE /v1/customers`: erases a person, and says what was erased. Safe to repeat. */
export async function deleteCustomer(request: HttpRequest): Promise<Answer<AnswerOf<typeof erasedSchema>>> {
  const { customerId } = parseQuery(erasureQuerySchema, request.query);
  const { days, ...ofFacts } = await eraseCustomer(request, customerId);
  const { table, workspace, deadline } = request;
  const deliveries = await forgetDeliveriesNaming(table, workspace.id, customerId, deadline);
  const erased = { ...ofFacts, deliveries };
  request.note({
    ...{ erasedFacts: erased.facts, erasedComments: erased.comments, erasedCustomer: erased.customer },
    erasedDeliveries: deliveries,
  });
  return { status: 200, body: { erased, archive: archiveAfter(days.size, Date.now()) } };
}

const hour = 3_600_000;

/** How long S3 may take to remove a version that has expired, in days. */
const expiryDays = 2;

/**
 * When the files of the archive name the person no more: each hourly run writes up to `maxPlannedDays` days anew, within the hour, and
 * what it replaces expires.
 * @param now milliseconds since 1970-01-01T00:00:00Z
 */
export function archiveAfter(days: number, now: number): AnswerOf<typeof erasedSchema>["archive"] {
  if (days === 0) return { days, rewrittenBy: null, goneBy: null };
  const rewritten = nextPlanning(now) + Math.ceil(days / maxPlannedDays) * hour;
  const gone = rewritten + (daysOfOldVersions + expiryDays) * 24 * hour;
  return { days, rewrittenBy: new Date(rewritten).toISOString(), goneBy: new Date(gone).toISOString() };
}
