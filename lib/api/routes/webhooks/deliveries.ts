import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { testType } from "../../../domain/webhooks/announcement.ts";
import { handOver } from "../../../jobs/webhooks/hand-over.ts";
import { type Delivery, listDeliveries, renewDelivery } from "../../../store/outbox/deliveries.ts";
import { entryItem, entryOf } from "../../../store/outbox/outbox.ts";
import { handOverMilliseconds } from "../../../store/outbox/timing.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { decodeCursor, encodeCursor, pageParameters } from "../../pipeline/pagination.ts";
import { parseBody, parseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import type { askedDeliverySchema, deliveriesSchema, deliverySchema } from "./answers.ts";
import { nothingSchema, webhookOf } from "./handler.ts";

/** The deliveries of a webhook: listed, made again, and one to try it with. */

/** The query parameters of `GET /v1/webhooks/{id}/deliveries`. */
export const deliveriesQuerySchema = z.strictObject(pageParameters);

const idPattern = /^msg_[0-9a-f-]{36}$/;
const cursorSchema = z.strictObject({ before: z.string().regex(idPattern) });

type Asked = Answer<AnswerOf<typeof askedDeliverySchema>>;

/** `GET /v1/webhooks/{id}/deliveries`: the newest first. */
export async function getDeliveries(
  request: HttpRequest,
): Promise<Answer<AnswerOf<typeof deliveriesSchema>>> {
  const { table, workspace, query } = request;
  const { limit, cursor } = parseQuery(deliveriesQuerySchema, query);
  const { id: webhook } = await webhookOf(request);
  const before = decodeCursor(cursorSchema, cursor)?.before;
  const items: AnswerOf<typeof deliverySchema>[] = [];
  let hasMore = false;
  for await (const delivery of listDeliveries(
    table,
    { workspace: workspace.id, webhook },
    { expected: limit, before },
  )) {
    hasMore = items.length === limit;
    if (hasMore) break;
    items.push(present(delivery));
  }
  const last = items.at(-1);
  return {
    status: 200,
    body: { items, nextCursor: last && hasMore ? encodeCursor({ before: last.id }) : null },
  };
}

/** `POST /v1/webhooks/{id}/test`: a delivery that tells of nothing, also while the webhook is disabled. */
export async function testWebhook(request: HttpRequest): Promise<Asked> {
  const { table, workspace } = request;
  parseBody(nothingSchema, request.body);
  const { id: webhook } = await webhookOf(request);
  const data = { message: "This is a test. Nothing has happened." };
  const telling = { title: "Test", lines: [data.message] };
  const made = entryOf(
    { workspace: workspace.id, webhook },
    { type: testType, at: Date.now(), data, telling },
  );
  const entry = { ...made, byHand: true } as const;
  await table.client.send(new PutCommand({ TableName: table.name, Item: entryItem(entry) }));
  await handOver([entry]);
  return { status: 202, body: { id: entry.id, state: "pending" } };
}

/** `POST /v1/webhooks/{id}/deliveries/{delivery}/redeliver`: makes a delivery again, with the same id, also while the webhook is disabled. */
export async function redeliver(request: HttpRequest): Promise<Asked> {
  const { table, workspace, parameters } = request;
  parseBody(nothingSchema, request.body);
  const { id: webhook } = await webhookOf(request);
  const id = parameters["delivery"] ?? "";
  const reference = { workspace: workspace.id, webhook, id };
  const now = Date.now();
  const isThere =
    idPattern.test(id) && (await renewDelivery(table, reference, now, now + handOverMilliseconds()));
  if (!isThere) throw new HttpProblem(404, "there is no delivery with this id");
  await handOver([reference]);
  return { status: 202, body: { id, state: "pending" } };
}

function present({ id, type, fact, state, because, tries, createdAt, nextTryAt, last }: Delivery) {
  const timeOf = (milliseconds: number | undefined) =>
    milliseconds === undefined ? null : new Date(milliseconds).toISOString();
  return {
    ...{ id, type, fact: fact ?? null, state, because: because ?? null, tries },
    status: last?.status ?? null,
    error: last?.error ?? null,
    answer: last?.answer ?? null,
    milliseconds: last?.milliseconds ?? null,
    createdAt: new Date(createdAt).toISOString(),
    triedAt: timeOf(last?.at),
    nextTryAt: timeOf(nextTryAt),
  };
}
