import * as z from "zod";
import { urlProblem } from "../../../domain/webhooks/addresses.ts";
import {
  type WebhookDefinition,
  webhookIdSchema,
  webhookSchema,
} from "../../../domain/webhooks/definition.ts";
import { runsLocally } from "../../../jobs/webhooks/local.ts";
import { readHealth, type WebhookHealth } from "../../../store/outbox/health.ts";
import { rotateSecret } from "../../../store/settings/webhook-secrets.ts";
import {
  deleteWebhook,
  listWebhooks,
  maxWebhooks,
  readWebhook,
  type StoredWebhook,
  setWebhook,
} from "../../../store/settings/webhooks.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { decodeCursor, encodeCursor, pageParameters } from "../../pipeline/pagination.ts";
import { parseBody, parseQuery, refusePrototype, refuseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem, invalidField, invalidParameters } from "../../pipeline/problem.ts";
import type {
  deletedWebhookSchema,
  rotatedSchema,
  setWebhookSchema,
  webhookAnswerSchema,
  webhooksSchema,
} from "./answers.ts";

/** Webhooks over the API: set, listed, deleted, and their secrets. */

/** The query parameters of `GET /v1/webhooks`. */
export const webhooksQuerySchema = z.strictObject(pageParameters);

/** The body of requests that say all by their path. */
export const nothingSchema = z.strictObject({});

const cursorSchema = z.strictObject({ after: webhookIdSchema });

/** `GET /v1/webhooks`: by id. */
export async function getWebhooks(request: HttpRequest): Promise<Answer<AnswerOf<typeof webhooksSchema>>> {
  const { table, workspace, query } = request;
  const { limit, cursor } = parseQuery(webhooksQuerySchema, query);
  const after = decodeCursor(cursorSchema, cursor)?.after ?? "";
  const rest = (await listWebhooks(table, workspace.id)).filter(({ id }) => id > after);
  const items = await Promise.all(rest.slice(0, limit).map((webhook) => shown(request, webhook)));
  const last = items.at(-1);
  const nextCursor = last && rest.length > items.length ? encodeCursor({ after: last.id }) : null;
  return { status: 200, body: { items, nextCursor } };
}

/** `GET /v1/webhooks/{id}`. */
export async function getWebhook(
  request: HttpRequest,
): Promise<Answer<AnswerOf<typeof webhookAnswerSchema>>> {
  refuseQuery(request.query);
  return { status: 200, body: await shown(request, await webhookOf(request)) };
}

/** `PUT /v1/webhooks/{id}`: makes one, or replaces it. */
export async function putWebhook(request: HttpRequest): Promise<Answer<AnswerOf<typeof setWebhookSchema>>> {
  const { table, workspace, parameters, deadline } = request;
  const id = webhookIdSchema.safeParse(parameters["id"]);
  if (!id.success) {
    throw invalidParameters(id.error.issues.map(({ message }) => ({ pointer: "/id", detail: message })));
  }
  const definition = definitionIn(request.body);
  const set = await setWebhook(table, workspace.id, id.data, definition, deadline);
  if (set.outcome === "full") {
    throw new HttpProblem(
      409,
      `a workspace has at most ${maxWebhooks} webhooks: delete one that is not used`,
    );
  }
  request.note({ outcome: set.outcome });
  const { newSecret: secret } = set.value;
  const body = { ...(await shown(request, set.value)), ...(secret === undefined ? {} : { secret }) };
  return { status: set.outcome === "created" ? 201 : 200, body };
}

/** @throws HttpProblem 422 */
function definitionIn(body: unknown): WebhookDefinition {
  const filter: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "filter") : undefined;
  refusePrototype(filter, "dimensions");
  const definition = parseBody(webhookSchema, body);
  const problem = definition.url === undefined ? undefined : urlProblem(definition.url, runsLocally());
  if (problem !== undefined) throw invalidField("url", problem);
  return definition;
}

/** `DELETE /v1/webhooks/{id}`: what waits for it is not sent any more. */
export async function removeWebhook(
  request: HttpRequest,
): Promise<Answer<AnswerOf<typeof deletedWebhookSchema>>> {
  const { table, workspace, deadline } = request;
  const { id } = await webhookOf(request);
  if (!(await deleteWebhook(table, workspace.id, id, deadline))) throw noWebhook();
  return { status: 200, body: { id, status: "deleted" } };
}

/** `POST /v1/webhooks/{id}/rotate`: a new secret, beside which the one before is valid for a day. */
export async function rotate(request: HttpRequest): Promise<Answer<AnswerOf<typeof rotatedSchema>>> {
  const { table, workspace, deadline } = request;
  parseBody(nothingSchema, request.body);
  const { id } = await webhookOf(request);
  const rotated = await rotateSecret(table, workspace.id, id, Date.now(), deadline);
  if (rotated === "none") throw new HttpProblem(409, "it has no secret: only deliveries to a URL are signed");
  const previousUntil = new Date(rotated.previousUntil).toISOString();
  return { status: 200, body: { id, secret: rotated.secret, previousUntil } };
}

/**
 * The webhook that a path names.
 * @throws HttpProblem 404 when there is none
 */
export async function webhookOf({ table, workspace, parameters }: HttpRequest): Promise<StoredWebhook> {
  const id = webhookIdSchema.safeParse(parameters["id"]).data;
  const webhook = id === undefined ? undefined : await readWebhook(table, workspace.id, id);
  if (!webhook) throw noWebhook();
  return webhook;
}

function noWebhook(): HttpProblem {
  return new HttpProblem(404, "there is no webhook with this id");
}

async function shown({ table, workspace }: HttpRequest, webhook: StoredWebhook) {
  return present(webhook, await readHealth(table, workspace.id, webhook.id));
}

function present(
  { id, definition, createdAt, updatedAt, switchedOff }: StoredWebhook,
  { failingSince, restsUntil = 0 }: WebhookHealth,
): AnswerOf<typeof webhookAnswerSchema> {
  return {
    ...{ id, ...definition, switchedOff: switchedOff ?? null },
    failingSince: failingSince === undefined ? null : new Date(failingSince).toISOString(),
    restsUntil: restsUntil > Date.now() ? new Date(restsUntil).toISOString() : null,
    ...{ createdAt, updatedAt },
  };
}
