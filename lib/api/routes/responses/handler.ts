import * as z from "zod";
import { readFacts } from "../../../store/records/facts.ts";
import { findResponses, isResponse, type StoredResponse } from "../../../store/records/responses.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import { choosing, splitDimensions } from "../../pipeline/dimension-filters.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { cursorAfter, positionOf } from "../../pipeline/list-cursor.ts";
import { pageParameters } from "../../pipeline/pagination.ts";
import { parseQuery, refuseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { presentResponse } from "../facts/fact-items.ts";
import { type responseDetailSchema, responseItemSchema, type responsesSchema } from "./answers.ts";
import { resolveDays, responseFilterParameters, responseTest, tableFilter } from "./filters.ts";

/** Survey responses: listed, and one by its id. */

/** At most so many stored facts are looked at for one page: up to as many read units, and a few seconds. */
export const maxLookedAt = 10_000;

/** The query parameters of `GET /v1/responses`, beside `filter.<dimension>`. */
export const responsesQuerySchema = z.strictObject({ ...responseFilterParameters, ...pageParameters });

/** The header of CSV: dimensions, whose names are free, are JSON in one column. */
const responseColumns = Object.keys(responseItemSchema.shape);

/** `GET /v1/responses`: the newest first. A page is short and has a next one only where too much had to be looked at for it. */
export async function listResponses(
  request: HttpRequest,
): Promise<TableAnswer<AnswerOf<typeof responsesSchema>>> {
  const { table, workspace, deadline } = request;
  const { dimensions, rest } = splitDimensions(request.query);
  const { limit, cursor, ...filters } = parseQuery(responsesQuerySchema, rest);
  const list = { workspace: workspace.id, ...filters, dimensions: Object.entries(dimensions).sort() };
  const range = resolveDays(filters, workspace, Date.now());
  const search = {
    range,
    customerId: filters.customerId,
    ...{ matches: responseTest(filters), filter: tableFilter(filters) },
    choose: choosing(request, dimensions),
    limit,
    maxLooked: maxLookedAt,
    after: positionOf(list, cursor),
  };
  const { responses, looked, next } = await findResponses(table, workspace.id, search, deadline);
  request.note({ found: responses.length, looked });
  const items = responses.map(presentResponse);
  const isPartial = next !== undefined && items.length < limit;
  const body = {
    items,
    nextCursor: cursorAfter(list, next),
    ...(isPartial ? { partial: true as const } : {}),
  };
  return { status: 200, body, rows: items, columns: responseColumns };
}

/**
 * Finds the response that a path names.
 * @throws HttpProblem 404 when there is none with this id; an event is none
 */
export async function responseOf({
  table,
  workspace,
  parameters,
  deadline,
}: HttpRequest): Promise<StoredResponse> {
  const id = parameters["id"] ?? "";
  const [stored] = await readFacts(table, workspace.id, [id], deadline);
  if (!stored || !isResponse(stored)) throw new HttpProblem(404, "there is no response with this id");
  return stored;
}

/** A response with everything that is known of it. */
export function presentInFull(stored: StoredResponse): AnswerOf<typeof responseDetailSchema> {
  return { ...presentResponse(stored), audit: stored.audit };
}

/** `GET /v1/responses/{id}`. */
export async function readResponse(
  request: HttpRequest,
): Promise<Answer<AnswerOf<typeof responseDetailSchema>>> {
  refuseQuery(request.query);
  return { status: 200, body: presentInFull(await responseOf(request)) };
}
