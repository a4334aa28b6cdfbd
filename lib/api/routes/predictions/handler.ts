import * as z from "zod";
import { addDays, beginning } from "../../../domain/calendar/days.ts";
import { dayOf } from "../../../domain/calendar/zones.ts";
import { askForPrediction } from "../../../jobs/prediction-queue.ts";
import { keepPrediction } from "../../../queries/customers/keep-prediction.ts";
import { customersAtOnce, predict } from "../../../queries/customers/predict.ts";
import { defaultFiles } from "../../../store/files/bucket.ts";
import { listPredictions } from "../../../store/settings/predictions.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { decodeCursor, encodeCursor } from "../../pipeline/pagination.ts";
import { dayParameter, parseBody, parseQuery } from "../../pipeline/parameters.ts";
import { invalidField } from "../../pipeline/problem.ts";
import { asArchiveProblem } from "../customers/archive-problem.ts";
import {
  type predictionAnswerSchema,
  type predictionListSchema,
  predictionRequestSchema,
  type predictionRunningSchema,
  predictionsQuerySchema,
} from "./answers.ts";
import { presentPrediction } from "./present.ts";

/** Predictions of what customers will bring. */

/** `POST /v1/predictions`: fits the models now, or has a job do it where there are too many customers for a request. */
export async function makePrediction(
  request: HttpRequest,
): Promise<
  Answer<AnswerOf<typeof predictionAnswerSchema>> | Answer<AnswerOf<typeof predictionRunningSchema>>
> {
  const { table, workspace, deadline } = request;
  const now = Date.now();
  const yesterday = addDays(dayOf(now, workspace.timeZone), -1);
  const { through = yesterday } = parseBody(predictionRequestSchema, request.body ?? {});
  if (through < beginning) throw invalidField("through", `must not be before ${beginning}`);
  if (through > yesterday) throw invalidField("through", "must be a day that is over");
  const context = { table, workspace, deadline, files: defaultFiles() };
  const predicted = await asArchiveProblem(() => predict(context, through, now, customersAtOnce()));
  if (!predicted) {
    await askForPrediction({ workspace: workspace.id, predictThrough: through });
    request.note({ inJob: true });
    const headers = { location: "/v1/predictions", "retry-after": "30" };
    return { status: 202, body: { through, state: "running" }, headers };
  }
  await keepPrediction(context, predicted);
  const { prediction } = predicted;
  request.note({ customers: prediction.customers });
  return { status: 201, body: presentPrediction(prediction) };
}

/** The last prediction of a page. */
const cursorSchema = z.strictObject({ before: dayParameter });

/** `GET /v1/predictions`: the latest first. */
export async function getPredictions({
  table,
  workspace,
  query,
}: HttpRequest): Promise<Answer<AnswerOf<typeof predictionListSchema>>> {
  const { limit, cursor } = parseQuery(predictionsQuerySchema, query);
  const last = decodeCursor(cursorSchema, cursor);
  const found = await listPredictions(table, workspace.id, limit + 1, last?.before);
  const page = found.slice(0, limit);
  const end = page.at(-1);
  const nextCursor = end && found.length > limit ? encodeCursor({ before: end.through }) : null;
  return { status: 200, body: { items: page.map(presentPrediction), nextCursor } };
}
