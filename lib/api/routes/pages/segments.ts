import { renderSegmentsPage } from "../../../pages/segments-page.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import { type PageRequest, pageAnswer } from "../../pipeline/page-endpoint.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { readRfm } from "../rfm/handler.ts";

/** `GET /segments`: customers by recency, frequency and money; it takes the parameters of `GET /v1/rfm`. */
export async function showSegments(request: PageRequest): Promise<TextAnswer> {
  const { frame } = request;
  try {
    const { body } = await readRfm(request);
    return pageAnswer(renderSegmentsPage({ frame, segments: body }));
  } catch (error) {
    if (!(error instanceof HttpProblem) || error.status !== 409) throw error;
    return pageAnswer(renderSegmentsPage({ frame }));
  }
}
