import * as z from "zod";
import {
  type ApiKey,
  generateApiKey,
  listApiKeys,
  maxApiKeys,
  placeOf,
  revokeApiKey,
  storeApiKey,
} from "../../../store/settings/api-keys.ts";
import { StoreError } from "../../../store/table/errors.ts";
import { retryOnWriteConflict } from "../../../store/table/retries.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { TableAnswer } from "../../pipeline/csv.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { decodeCursor, encodeCursor, pageParameters } from "../../pipeline/pagination.ts";
import { parseBody, parseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem, invalidField } from "../../pipeline/problem.ts";
import type { keysSchema, newKeySchema, revokedSchema } from "./answers.ts";
import { isPublic, keyRequestSchema, limitsOf, rulesOf } from "./key-request.ts";

/** API keys over the API: a key is shown once, when it is made. */

function present({
  id,
  name,
  scopes,
  origins,
  rules,
  limits,
  createdAt,
  validUntil,
  lastUsedAt,
  ...key
}: ApiKey) {
  return {
    ...{ id, name, scopes, origins, public: key.public, ...rules, ...limits, createdAt },
    expiresAt: validUntil ?? null,
    lastUsedAt: lastUsedAt ?? null,
  };
}

/** `POST /v1/keys`: makes a key. */
export async function postKey(request: HttpRequest): Promise<Answer<AnswerOf<typeof newKeySchema>>> {
  const { table, workspace, deadline } = request;
  const asked = parseBody(keyRequestSchema, request.body);
  const { name, scopes, origins, expiresAt } = asked;
  if (expiresAt !== undefined && Date.parse(expiresAt) <= Date.now()) {
    throw invalidField("expiresAt", "must be in the future");
  }
  const key = generateApiKey();
  const grant = {
    ...{ workspace: workspace.id, name, scopes, origins: origins ?? [], validUntil: expiresAt },
    ...{ public: isPublic(asked), rules: rulesOf(asked), limits: limitsOf(asked) },
  };
  const store = () => storeApiKey(table, key, grant);
  const stored = await retryOnWriteConflict(deadline, store).catch((error: unknown) => {
    if (!(error instanceof StoreError) || error.code !== "too-many-keys") throw error;
    throw new HttpProblem(409, `a workspace has at most ${maxApiKeys} keys: revoke one that is not used`);
  });
  request.note({ madeKey: stored.id });
  return { status: 201, body: { ...present(stored), key } };
}

/** The query parameters of `GET /v1/keys`. */
export const keysQuerySchema = z.strictObject(pageParameters);

/** A place as `placeOf` makes it: an instant and an id. */
const place = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [0-9a-f]+$/;

const cursorSchema = z.strictObject({ after: z.string().regex(place) });

const keyColumns = [
  ...["id", "name", "scopes", "origins", "public"],
  ...["eventTypes", "surveys", "dimensions", "maxAgeDays", "maxCount", "maxAmount", "customers", "replaces"],
  ...["requestsPerSecond", "requestsPerDay", "unitsPerSecond", "unitsPerDay"],
  ...["createdAt", "expiresAt", "lastUsedAt"],
];

/** `GET /v1/keys`: the keys, without their texts. */
export async function getKeys({
  table,
  workspace,
  deadline,
  query,
}: HttpRequest): Promise<TableAnswer<AnswerOf<typeof keysSchema>>> {
  const { limit, cursor } = parseQuery(keysQuerySchema, query);
  const after = decodeCursor(cursorSchema, cursor)?.after ?? "";
  const keys = await listApiKeys(table, workspace.id, deadline);
  const rest = keys.filter((key) => placeOf(key) > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = last && rest.length > page.length ? encodeCursor({ after: placeOf(last) }) : null;
  const items = page.map(present);
  // One column whatever its names are: rows have the same columns on every page.
  const rows = items.map((item) => ({
    ...item,
    dimensions: item.dimensions === null ? null : JSON.stringify(item.dimensions),
  }));
  return { status: 200, body: { items, nextCursor }, rows, columns: keyColumns };
}

/** `DELETE /v1/keys/{id}`: revokes a key. The last admin key stays: nobody could make another one. */
export async function deleteKey(request: HttpRequest): Promise<Answer<AnswerOf<typeof revokedSchema>>> {
  const { table, workspace, deadline, parameters } = request;
  const id = parameters["id"] ?? "";
  const isUsable = ({ scopes, validUntil }: ApiKey) =>
    scopes.includes("admin") && (validUntil === undefined || Date.parse(validUntil) > Date.now());
  await retryOnWriteConflict(deadline, async () => {
    const keys = await listApiKeys(table, workspace.id, deadline);
    if (!keys.some((key) => key.id === id)) throw new HttpProblem(404, "there is no key with this id");
    const survivor = keys.find((key) => key.id !== id && isUsable(key));
    if (!survivor) throw new HttpProblem(409, "this is the last admin key: make another one first");
    const outcome = await revokeApiKey(table, workspace.id, id, survivor.id);
    // Else another request revoked this key, or the other one, in between.
    return outcome === "revoked" ? outcome : undefined;
  });
  request.note({ revokedKey: id });
  return { status: 200, body: { id, status: "revoked" } };
}
