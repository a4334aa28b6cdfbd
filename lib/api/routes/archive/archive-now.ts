import { sendJobs } from "../../../jobs/queue.ts";
import { daysToSnapshot, messagesForDays } from "../../../store/snapshots/snapshot-plan.ts";
import { requireVariable } from "../../../store/table/client.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { parseBody } from "../../pipeline/parameters.ts";
import { archiveNowSchema, type archivingSchema } from "./answers.ts";
import { requireArchive } from "./require-archive.ts";

/** `POST /v1/archive`: archives now what the hourly run would archive next, in the background. */
export async function archiveNow(request: HttpRequest): Promise<Answer<AnswerOf<typeof archivingSchema>>> {
  parseBody(archiveNowSchema, request.body);
  requireArchive();
  const { table, workspace } = request;
  const days = await daysToSnapshot(table, workspace, Date.now());
  await sendJobs(requireVariable("SNAPSHOTS_QUEUE_URL"), messagesForDays(workspace.id, days));
  request.note({ days: days.length });
  return { status: 202, body: { days: days.length, from: days[0] ?? null, to: days.at(-1) ?? null } };
}
