import { partsOf, sourceIdSchema, sourceSchema } from "../../../domain/sources/definition.ts";
import {
  deleteSource,
  listSources,
  maxSources,
  readSource,
  type Source,
  setSource,
} from "../../../store/settings/sources.ts";
import { listUnmapped, type UnmappedDelivery } from "../../../store/settings/unmapped-deliveries.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { decodeCursor, encodeCursor } from "../../pipeline/pagination.ts";
import { parseBody, parseQuery, refusePrototype, refuseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem, invalidField, invalidParameters } from "../../pipeline/problem.ts";
import type {
  sourceAnswerSchema,
  sourceDeletedSchema,
  sourceSetSchema,
  sourcesSchema,
  unmappedSchema,
} from "./answers.ts";
import { unmappedCursorSchema, unmappedQuerySchema } from "./query.ts";

/** Sources over the API: made, listed, changed, deleted, and what could not be mapped of what they sent. */

/** `GET /v1/sources`. */
export async function getSources({
  table,
  workspace,
  query,
}: HttpRequest): Promise<Answer<AnswerOf<typeof sourcesSchema>>> {
  refuseQuery(query);
  return { status: 200, body: { items: (await listSources(table, workspace.id)).map(present) } };
}

/** `GET /v1/sources/{id}`. */
export async function getSource(request: HttpRequest): Promise<Answer<AnswerOf<typeof sourceAnswerSchema>>> {
  refuseQuery(request.query);
  return { status: 200, body: present(await requireSource(request)) };
}

/** `PUT /v1/sources/{id}`: the answer of the first one has the address. */
export async function putSource(request: HttpRequest): Promise<Answer<AnswerOf<typeof sourceSetSchema>>> {
  const { table, workspace, parameters, body, deadline, headers } = request;
  const id = sourceIdSchema.safeParse(parameters["id"]);
  if (!id.success) {
    throw invalidParameters(id.error.issues.map(({ message }) => ({ pointer: "/id", detail: message })));
  }
  const definition = parseBody(sourceSchema, refusePrototype(body, "dimensions"));
  if (definition.previousSecret !== undefined && definition.secret === undefined) {
    throw invalidField("previousSecret", "must stand beside secret");
  }
  const parts = partsOf(definition);
  if (Buffer.byteLength(JSON.stringify(parts.settings.options)) > maxOptionBytes) {
    throw invalidField("options", `must have at most ${maxOptionBytes} bytes as JSON`);
  }
  const set = await setSource(table, workspace.id, id.data, parts, deadline);
  if (set.outcome === "full") {
    throw new HttpProblem(409, `a workspace has at most ${maxSources} sources: delete one that is not used`);
  }
  if (!("source" in set)) {
    throw new HttpProblem(409, "a source keeps its provider: delete it first, or make another one");
  }
  request.note({ outcome: set.outcome });
  const origin = `${headers["x-forwarded-proto"] ?? "http"}://${headers["host"] ?? ""}`;
  const address = set.address === undefined ? {} : { address: `${origin}/v1/sources/${set.address}` };
  return { status: set.outcome === "created" ? 201 : 200, body: { ...present(set.source), ...address } };
}

/** `DELETE /v1/sources/{id}`: what it has sent stays. */
export async function removeSource(
  request: HttpRequest,
): Promise<Answer<AnswerOf<typeof sourceDeletedSchema>>> {
  const { table, workspace, parameters, deadline } = request;
  const id = parameters["id"] ?? "";
  const isDeleted =
    sourceIdSchema.safeParse(id).success && (await deleteSource(table, workspace.id, id, deadline));
  if (!isDeleted) throw new HttpProblem(404, "there is no source with this id");
  return { status: 200, body: { id, status: "deleted" } };
}

/** `GET /v1/sources/{id}/unmapped`: newest first. */
export async function getUnmapped(request: HttpRequest): Promise<Answer<AnswerOf<typeof unmappedSchema>>> {
  const { table, workspace } = request;
  const { limit, cursor } = parseQuery(unmappedQuerySchema, request.query);
  const after = decodeCursor(unmappedCursorSchema, cursor)?.after;
  const { id } = await requireSource(request);
  const asked = { limit, after, isNewestFirst: true, now: Date.now() };
  const { deliveries, next } = await listUnmapped(table, workspace.id, id, asked);
  const nextCursor = next === undefined ? null : encodeCursor({ after: next });
  return { status: 200, body: { items: deliveries.map(presentUnmapped), nextCursor } };
}

/** An item of the table has 400 KB, and lists read all sources. */
const maxOptionBytes = 32_768;

async function requireSource({ table, workspace, parameters }: HttpRequest): Promise<Source> {
  const id = parameters["id"] ?? "";
  const source = sourceIdSchema.safeParse(id).success ? await readSource(table, workspace.id, id) : undefined;
  if (!source) throw new HttpProblem(404, "there is no source with this id");
  return source;
}

function present(source: Source): AnswerOf<typeof sourceAnswerSchema> {
  const { id, provider, isUnsigned, sealedSecrets, sealedToken, dimensions, options } = source;
  const { createdAt, updatedAt } = source;
  const verifiedBy = sealedSecrets !== undefined ? "signature" : isUnsigned ? "address" : "nothing";
  return {
    ...{ id, provider, verifiedBy, hasAccessToken: sealedToken !== undefined, dimensions },
    ...{ options: Object.fromEntries(Object.entries(options ?? {})), createdAt, updatedAt },
  };
}

/** Characters of a payload that a list shows. */
const shownCharacters = 4_000;

function presentUnmapped(delivery: UnmappedDelivery) {
  const { id, receivedAt, event, problems, bytes, payload, expiresAt } = delivery;
  return {
    ...{ id, receivedAt, event, reasons: problems, bytes, isKept: payload !== undefined },
    payload: payload?.toString("utf8").slice(0, shownCharacters).toWellFormed() ?? "",
    keptUntil: new Date(expiresAt * 1000).toISOString(),
  };
}
