import { nextPlanning } from "../../../schedules.ts";
import { readArchiveProgress } from "../../../store/snapshots/archive-progress.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { refuseQuery } from "../../pipeline/parameters.ts";
import type { archiveSchema } from "./answers.ts";
import { requireArchive } from "./require-archive.ts";

/** `GET /v1/archive`: how far the archive of closed days has come. */
export async function readArchive(request: HttpRequest): Promise<Answer<AnswerOf<typeof archiveSchema>>> {
  refuseQuery(request.query);
  const { table, workspace } = request;
  const files = requireArchive();
  const now = Date.now();
  const progress = await readArchiveProgress({ table, workspace }, files, now);
  const nextRun = new Date(nextPlanning(now)).toISOString();
  return { status: 200, body: { timeZone: workspace.timeZone, ...progress, nextRun } };
}
