import * as z from "zod";
import { customerIdSchema } from "../../../domain/facts/base.ts";
import type { Filters } from "../../../domain/facts/characteristics.ts";
import { containsWords, parseWordSearch } from "../../../domain/text/search.ts";
import type { Workspace } from "../../../domain/workspace/settings.ts";
import { isChosen } from "../../../queries/fact-groups.ts";
import { characteristicsOf } from "../../../queries/fact-source.ts";
import { readFacts, type StoredFact } from "../../../store/records/facts.ts";
import { findEvents, isResponse, type StoredEvent } from "../../../store/records/responses.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import { splitDimensions } from "../../pipeline/dimension-filters.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { cursorAfter, positionOf } from "../../pipeline/list-cursor.ts";
import { pageParameters } from "../../pipeline/pagination.ts";
import { dayParameter, parseQuery, refuseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { presentFact } from "../facts/fact-items.ts";
import { booleanParameter, resolveDays, wordsDescription, wordsParameter } from "../responses/filters.ts";
import { maxLookedAt } from "../responses/handler.ts";
import { type eventDetailSchema, eventItemSchema, type eventsSchema, eventTypeSchema } from "./answers.ts";

/** Events that were sent: listed, and one by its id. */

/** The query parameters of `GET /v1/events`, beside `filter.<dimension>`. */
export const eventsQuerySchema = z.strictObject({
  type: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(eventTypeSchema))
    .optional()
    .meta({
      description: "Only these types, separated by commas",
      example: "purchase.made,purchase.refunded",
    }),
  from: dayParameter.optional(),
  to: dayParameter.optional(),
  hasMessage: booleanParameter.optional().meta({ description: "Whether something was written beside it" }),
  q: wordsParameter
    .optional()
    .meta({ description: `Words that the message ${wordsDescription}`, example: "parcel late" }),
  customerId: customerIdSchema.optional(),
  ...pageParameters,
});

/** The header of CSV: money is two columns, dimensions, whose names are free, are JSON in one. */
export const eventColumns: readonly string[] = Object.keys(eventItemSchema.shape).flatMap((name) =>
  name === "money" ? ["money.amount", "money.currency"] : [name],
);

/** `GET /v1/events`: the newest first. A page is short and has a next one only where too much had to be looked at for it. */
export async function listEvents(request: HttpRequest): Promise<TableAnswer<AnswerOf<typeof eventsSchema>>> {
  const { table, workspace, deadline } = request;
  const { dimensions, rest } = splitDimensions(request.query);
  const { limit, cursor, ...filters } = parseQuery(eventsQuerySchema, rest);
  const list = {
    ...{ kind: "events", workspace: workspace.id, ...filters },
    dimensions: Object.entries(dimensions).sort(),
  };
  const search = {
    range: resolveDays(filters, workspace, Date.now()),
    customerId: filters.customerId,
    matches: eventTest(filters, dimensions, workspace),
    ...{ limit, maxLooked: maxLookedAt, after: positionOf(list, cursor) },
  };
  const { facts, looked, next } = await findEvents(table, workspace.id, search, deadline);
  request.note({ found: facts.length, looked });
  const items = facts.map(presentEvent);
  const isPartial = next !== undefined && items.length < limit;
  const body = {
    items,
    nextCursor: cursorAfter(list, next),
    ...(isPartial ? { partial: true as const } : {}),
  };
  return { status: 200, body, rows: items, columns: eventColumns };
}

/** What events can be chosen by, beside days, customer and dimensions. */
export interface EventFilters {
  readonly type?: readonly string[] | undefined;
  readonly hasMessage?: "true" | "false" | undefined;
  readonly q?: string | undefined;
}

/** Makes a test of what the filters ask for; `undefined` where they ask for everything. */
export function eventTest(
  { type: types, hasMessage, q }: EventFilters,
  dimensions: Filters,
  { timeZone }: Pick<Workspace, "timeZone">,
): ((event: StoredEvent) => boolean) | undefined {
  const words = q === undefined ? undefined : parseWordSearch(q);
  const isWhole = types === undefined && hasMessage === undefined && !words;
  if (isWhole && Object.keys(dimensions).length === 0) return undefined;
  return (event) => {
    const message = "message" in event.fact ? event.fact.message : undefined;
    return (
      (types === undefined || types.includes(event.fact.type)) &&
      (hasMessage === undefined || (message !== undefined) === (hasMessage === "true")) &&
      isChosen(characteristicsOf(event, timeZone), dimensions) &&
      (!words || (message !== undefined && containsWords(words, message)))
    );
  };
}

function presentEvent(stored: StoredEvent): AnswerOf<typeof eventItemSchema> {
  return { ...presentFact(stored), excluded: stored.excluded } as AnswerOf<typeof eventItemSchema>;
}

/** An event with everything that is known of it. */
export function presentEventInFull(stored: StoredFact): AnswerOf<typeof eventDetailSchema> {
  const { customerId } = stored.fact;
  const about = customerId === undefined ? {} : { customerId };
  return { ...presentFact(stored), ...about, excluded: stored.excluded, audit: [...stored.audit] };
}

/** `GET /v1/events/{id}`. */
export async function readEvent(request: HttpRequest): Promise<Answer<AnswerOf<typeof eventDetailSchema>>> {
  const { table, workspace, query, parameters, deadline } = request;
  refuseQuery(query);
  const [stored] = await readFacts(table, workspace.id, [parameters["id"] ?? ""], deadline);
  if (!stored || isResponse(stored)) throw new HttpProblem(404, "there is no event with this id");
  return { status: 200, body: presentEventInFull(stored) };
}
