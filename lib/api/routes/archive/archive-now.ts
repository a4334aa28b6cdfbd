import { sendJobs } from "../../../jobs/queue.ts";
import { daysAtOnce, daysToSnapshot } from "../../../store/snapshots/snapshot-plan.ts";
import { requireVariable } from "../../../store/table/client.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import type { archivingSchema } from "./answers.ts";

/** `POST /v1/archive`: archives now what the hourly run would archive next, in the background. */
export async function archiveNow({
  table,
  workspace,
  note,
}: HttpRequest): Promise<Answer<AnswerOf<typeof archivingSchema>>> {
  const days = await daysToSnapshot(table, workspace, Date.now());
  const messages = daysAtOnce(days).map((dates) => ({ workspace: workspace.id, dates }));
  await sendJobs(requireVariable("SNAPSHOTS_QUEUE_URL"), messages);
  note({ days: days.length });
  return { status: 202, body: { days: days.length, from: days[0] ?? null, to: days.at(-1) ?? null } };
}
