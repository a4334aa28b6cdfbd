import * as z from "zod";
import {
  annotationIdSchema,
  annotationSchema,
  annotationsOf,
} from "../../../domain/annotations/annotation.ts";
import { beginning } from "../../../domain/calendar/days.ts";
import {
  deleteAnnotation,
  listAnnotations,
  maxAnnotations,
  readAnnotation,
  type StoredAnnotation,
  setAnnotation,
} from "../../../store/settings/annotations.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { decodeCursor, encodeCursor } from "../../pipeline/pagination.ts";
import { parseBody, parseQuery, refusePrototype, refuseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem, invalidParameter, invalidParameters } from "../../pipeline/problem.ts";
import {
  type annotationAnswerSchema,
  type annotationDeletedSchema,
  type annotationListSchema,
  annotationsQuerySchema,
} from "./answers.ts";

/** Annotations over the API: set, listed, deleted. */

/** The last annotation of a page, which may be gone by the next one. */
const cursorSchema = z.strictObject({ from: z.string(), after: annotationIdSchema });

const lastDay = "9999-12-31";

/** The header of CSV; dimensions, whose names are free, are JSON in one column. */
const columns = ["id", "from", "to", "text", "link", "dimensions", "createdAt", "updatedAt"];

/** `GET /v1/annotations`: by day, those that touch the days that are asked for. */
export async function getAnnotations({
  table,
  workspace,
  query,
}: HttpRequest): Promise<TableAnswer<AnswerOf<typeof annotationListSchema>>> {
  const { limit, cursor, from = beginning, to = lastDay } = parseQuery(annotationsQuerySchema, query);
  if (from > to) throw invalidParameter("to", "must not be before from");
  const last = decodeCursor(cursorSchema, cursor);
  const all = annotationsOf(await listAnnotations(table, workspace.id), { from, to });
  const rest = last === undefined ? all : all.filter((annotation) => isAfter(annotation, last));
  const items = rest.slice(0, limit).map(present);
  const next = items.at(-1);
  const nextCursor =
    next && rest.length > items.length ? encodeCursor({ from: next.from, after: next.id }) : null;
  return { status: 200, body: { items, nextCursor }, rows: items, columns };
}

/** `GET /v1/annotations/{id}`. */
export async function getAnnotation(
  request: HttpRequest,
): Promise<Answer<AnswerOf<typeof annotationAnswerSchema>>> {
  const { table, workspace } = request;
  refuseQuery(request.query);
  const id = knownId(request);
  const annotation = id === undefined ? undefined : await readAnnotation(table, workspace.id, id);
  if (!annotation) throw new HttpProblem(404, "there is no annotation with this id");
  return { status: 200, body: present(annotation) };
}

/** `PUT /v1/annotations/{id}`: makes one, or replaces it. */
export async function putAnnotation(
  request: HttpRequest,
): Promise<Answer<AnswerOf<typeof annotationAnswerSchema>>> {
  const { table, workspace, parameters, body, deadline } = request;
  const id = annotationIdSchema.safeParse(parameters["id"]);
  if (!id.success) {
    throw invalidParameters(id.error.issues.map(({ message }) => ({ pointer: "/id", detail: message })));
  }
  const definition = parseBody(annotationSchema, refusePrototype(body, "dimensions"));
  const set = await setAnnotation(table, workspace.id, id.data, definition, deadline);
  if (set.outcome === "full") {
    throw new HttpProblem(409, `a workspace has at most ${maxAnnotations} annotations: delete an old one`);
  }
  request.note({ outcome: set.outcome });
  return { status: set.outcome === "created" ? 201 : 200, body: present(set.value) };
}

/** `DELETE /v1/annotations/{id}`. */
export async function removeAnnotation(
  request: HttpRequest,
): Promise<Answer<AnswerOf<typeof annotationDeletedSchema>>> {
  const { table, workspace, deadline } = request;
  const id = knownId(request);
  if (id === undefined || !(await deleteAnnotation(table, workspace.id, id, deadline))) {
    throw new HttpProblem(404, "there is no annotation with this id");
  }
  return { status: 200, body: { id, status: "deleted" } };
}

/** Whether an annotation comes after the last one of a page, in the order of `annotationsOf`. */
function isAfter({ id, definition }: StoredAnnotation, last: z.output<typeof cursorSchema>): boolean {
  return definition.from === last.from ? id > last.after : definition.from > last.from;
}

/** The id in the path, where one can have it. */
function knownId({ parameters }: HttpRequest): string | undefined {
  return annotationIdSchema.safeParse(parameters["id"]).data;
}

function present({ id, definition, createdAt, updatedAt }: StoredAnnotation) {
  return { id, ...definition, createdAt, updatedAt };
}
