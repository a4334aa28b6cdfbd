import { renderCohortsPage } from "../../../pages/cohorts-page.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import { type PageRequest, pageAnswer } from "../../pipeline/page-endpoint.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { readCohorts } from "../cohorts/handler.ts";

/** `GET /cohorts`: a heat map of cohorts; it takes the parameters of `GET /v1/cohorts`, and shows cohorts by month. */
export async function showCohorts(request: PageRequest): Promise<TextAnswer> {
  const { query, frame } = request;
  const page = { frame, parameters: query };
  try {
    const { body } = await readCohorts({ ...request, query: { ...query, by: "month" } });
    return pageAnswer(renderCohortsPage({ ...page, cohorts: body }));
  } catch (error) {
    if (!(error instanceof HttpProblem) || error.status !== 409) throw error;
    return pageAnswer(renderCohortsPage(page));
  }
}
