import { shareSchema } from "../../../domain/workspace/share.ts";
import { listShares, makeShare, maxShares, revokeShare, type Share } from "../../../store/settings/shares.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { parseBody, refuseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import type { newShareSchema, shareAnswerSchema, shareRevokedSchema, sharesSchema } from "./answers.ts";

/** Shared links over the API: made, listed, revoked. */

/** `POST /v1/shares`: makes a link, whose token is shown once. */
export async function postShare(request: HttpRequest): Promise<Answer<AnswerOf<typeof newShareSchema>>> {
  const { share, token } = await createShare(request);
  return { status: 201, body: { ...present(share), link: linkOf(originOf(request), token) } };
}

/** `GET /v1/shares`: those that are over too, until they are revoked. */
export async function getShares({
  table,
  workspace,
  query,
}: HttpRequest): Promise<Answer<AnswerOf<typeof sharesSchema>>> {
  refuseQuery(query);
  return { status: 200, body: { items: (await listShares(table, workspace.id)).map(present) } };
}

/** `DELETE /v1/shares/{id}`: whoever has opened it sees nothing more. */
export async function deleteShare(
  request: HttpRequest,
): Promise<Answer<AnswerOf<typeof shareRevokedSchema>>> {
  const { table, workspace, parameters, deadline } = request;
  const id = parameters["id"] ?? "";
  const isRevoked = /^[0-9a-f]{18}$/.test(id) && (await revokeShare(table, workspace.id, id, deadline));
  if (!isRevoked) throw new HttpProblem(404, "there is no shared link with this id");
  return { status: 200, body: { id, status: "revoked" } };
}

/**
 * Makes a link.
 * @throws HttpProblem 409 where there are too many, or 422
 */
export async function createShare(
  request: HttpRequest,
): Promise<{ readonly share: Share; readonly token: string }> {
  const { table, workspace, body, deadline } = request;
  const definition = parseBody(shareSchema, body);
  const made = await makeShare(table, workspace.id, definition, Date.now(), deadline);
  if (made === "full") {
    throw new HttpProblem(409, `a workspace has at most ${maxShares} shared links: revoke an old one`);
  }
  return made;
}

/** A link. Its token is behind the `#`, which browsers keep to themselves. */
export function linkOf(origin: string, token: string): string {
  return `${origin}/shared#${token}`;
}

function originOf({ headers }: HttpRequest): string {
  return `${headers["x-forwarded-proto"] ?? "http"}://${headers["host"] ?? ""}`;
}

function present({ id, definition, createdAt, validUntil }: Share): AnswerOf<typeof shareAnswerSchema> {
  const { path, comments } = definition;
  return { id, path, comments, createdAt, validUntil: new Date(validUntil * 1000).toISOString() };
}
