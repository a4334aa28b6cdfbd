import * as z from "zod";
import { beginning } from "../../../domain/calendar/days.ts";
import type { DayRange } from "../../../domain/calendar/intervals.ts";
import { askForSteps } from "../../../jobs/reconciliation-queue.ts";
import { isStalled } from "../../../jobs/reconciliations.ts";
import { defaultFiles } from "../../../store/files/bucket.ts";
import { InterruptedReconciliation, reconcile } from "../../../store/reconciliation/reconciliation.ts";
import { factsAtOnce } from "../../../store/reconciliation/steps.ts";
import {
  beginJob,
  endJob,
  type ReconciliationJob,
  readJob,
} from "../../../store/reconciliation/stored-job.ts";
import {
  emptySummary,
  type ReconciliationSummary,
  summaryOf,
} from "../../../store/reconciliation/summary.ts";
import { isTooMuch, isUnavailable } from "../../../store/table/errors.ts";
import { deadlineIn } from "../../../store/table/retries.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { dayParameter, parseBody, refuseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem, invalidField } from "../../pipeline/problem.ts";
import type { reconciliationAnswerSchema, reconciliationJobSchema } from "./answers.ts";
import { presentFound, presentJob } from "./present.ts";

type JobAnswer = Answer<AnswerOf<typeof reconciliationJobSchema>>;

/** Milliseconds of a request after which a reconciliation goes on in steps, and those that this takes. */
const maxMilliseconds = 20_000;
const handingOnMilliseconds = 5_000;

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

interface Asked extends DayRange {
  readonly repair: boolean;
}

/**
 * `POST /v1/reconciliation`: recounts the stored facts of some days, and puts right what differs on request. What one request is not enough
 * for goes on in steps.
 */
export async function reconcileDays(
  request: HttpRequest,
): Promise<Answer<AnswerOf<typeof reconciliationAnswerSchema>> | JobAnswer> {
  const asked = parseBody(reconciliationSchema, request.body);
  const { from, to } = asked;
  if (from > to) throw invalidField("to", "must not be before from");
  if (from < beginning) throw invalidField("from", `must not be before ${beginning}`);
  if (to > "2999-12-31") throw invalidField("to", "must not be after 2999-12-31");
  const running = await runningJob(request);
  if (running) return joinRunning(request, running, asked);
  const { found, isWhole } = await reconcileAtOnce(request, asked);
  if (!isWhole) return goOnInSteps(request, asked, found);
  request.note({
    facts: found.facts,
    entities: found.entities,
    differences: found.differencesTotal,
    histories: found.historiesTotal,
    outdated: found.outdatedTotal,
    repaired: found.repaired,
  });
  return { status: 200, body: presentFound(asked, found) };
}

/** `GET /v1/reconciliation/{id}`: how one that goes on in steps stands. */
export async function readReconciliation(request: HttpRequest): Promise<JobAnswer> {
  refuseQuery(request.query);
  const { table, workspace, parameters } = request;
  const job = await readJob(table, workspace.id, parameters["id"] ?? "");
  if (!job) throw new HttpProblem(404, "there is no reconciliation with this id");
  return { status: 200, body: presentJob(job, Date.now()) };
}

/** @returns what was found; what was put right so far where one request is not enough for it */
async function reconcileAtOnce(
  { table, workspace, deadline: whole }: HttpRequest,
  { repair, ...range }: Asked,
): Promise<{ readonly found: ReconciliationSummary; readonly isWhole: boolean }> {
  const deadline = deadlineIn(Math.min(maxMilliseconds, whole.remaining() - handingOnMilliseconds));
  const options = { facts: factsAtOnce(), files: defaultFiles() };
  try {
    const found = await reconcile(table, workspace, range, repair, deadline, options);
    return { found: summaryOf(found), isWhole: true };
  } catch (error) {
    if (error instanceof InterruptedReconciliation) return { found: summaryOf(error.done), isWhole: false };
    if (isTooMuch(error) || (isUnavailable(error) && deadline.remaining() <= 0))
      return { found: emptySummary, isWhole: false };
    throw error;
  }
}

/** The reconciliation of the workspace that is running. */
async function runningJob({ table, workspace }: HttpRequest): Promise<ReconciliationJob | undefined> {
  const { reconciling } = workspace;
  if (!reconciling) return undefined;
  const job = await readJob(table, workspace.id, reconciling.id);
  if (job && !job.isDone) return job;
  // Whoever ended it was interrupted.
  await endJob(table, workspace.id, reconciling.id);
  return undefined;
}

/** Asking again for what is running answers how it stands. @throws HttpProblem 409 where another one is running */
async function joinRunning(request: HttpRequest, job: ReconciliationJob, asked: Asked): Promise<JobAnswer> {
  const isSame = job.from === asked.from && job.to === asked.to && job.repair === asked.repair;
  if (!isSame) throw alreadyRunning(job.id);
  if (isStalled(job, Date.now()))
    await askForSteps({ workspace: request.workspace.id, reconciliation: job.id });
  return accepted(job);
}

async function goOnInSteps(
  request: HttpRequest,
  { repair, ...range }: Asked,
  found: ReconciliationSummary,
): Promise<JobAnswer> {
  const { table, workspace } = request;
  const job = await beginJob(table, workspace, range, repair, found);
  if (!job) throw alreadyRunning(undefined);
  await askForSteps({ workspace: workspace.id, reconciliation: job.id });
  request.note({ inSteps: true });
  return accepted(job);
}

function accepted(job: ReconciliationJob): JobAnswer {
  return {
    status: 202,
    body: presentJob(job, Date.now()),
    headers: { location: `/v1/reconciliation/${job.id}`, "retry-after": "10" },
  };
}

function alreadyRunning(id: string | undefined): HttpProblem {
  const where = id === undefined ? "" : `: GET /v1/reconciliation/${id} says how it stands`;
  return new HttpProblem(409, `another reconciliation of this workspace is running${where}`);
}
