import { renderSurvivalPage } from "../../../pages/survival-page.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import { type PageRequest, pageAnswer } from "../../pipeline/page-endpoint.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { readSurvival } from "../survival/handler.ts";

/** `GET /survival`: after how long customers leave; it takes the parameters of `GET /v1/survival`. */
export async function showSurvival(request: PageRequest): Promise<TextAnswer> {
  const { query, frame, workspace } = request;
  const page = { frame, parameters: query, dimensions: workspace.trackedDimensions };
  try {
    const { body } = await readSurvival(request);
    return pageAnswer(renderSurvivalPage({ ...page, survival: body }));
  } catch (error) {
    if (!(error instanceof HttpProblem) || error.status !== 409) throw error;
    return pageAnswer(renderSurvivalPage(page));
  }
}
