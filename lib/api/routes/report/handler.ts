import { defaultLanguage } from "../../../domain/language/choose-language.ts";
import { languageOf } from "../../../domain/language/language.ts";
import { metrics } from "../../../domain/metrics/registry.ts";
import { renderReport } from "../../../report/page.ts";
import type { SurvivalShown } from "../../../report/survival.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { readSurvival } from "../survival/handler.ts";
import { parseReportQuery } from "./query.ts";
import { readReportOf } from "./read-report.ts";

/** Comments for each score group where the query does not say. */
const defaultComments = 3;

/** After how long customers leave: of all customers, whatever the days of the report, as most leave long after they joined. */
async function survivalBy(request: HttpRequest, by: string): Promise<SurvivalShown> {
  const { body } = await readSurvival({ ...request, query: by === "all" ? {} : { groupBy: by } });
  return body;
}

/** `GET /v1/report`: every metric of the registry on one page. */
export async function readReport(request: HttpRequest): Promise<TextAnswer> {
  const { comments = defaultComments, language: tag, survival, ...query } = parseReportQuery(request.query);
  const language = languageOf(tag ?? defaultLanguage);
  const report = await readReportOf(request, query, { metrics, commentsPerGroup: comments, language });
  const text = renderReport(report, survival === undefined ? undefined : await survivalBy(request, survival));
  request.note({ bytes: Buffer.byteLength(text) });
  const name = `customer-experience-${report.range.from}-${report.range.to}.html`;
  return {
    status: 200,
    text,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-language": language.tag,
      "content-disposition": `inline; filename="${name}"`,
    },
  };
}
