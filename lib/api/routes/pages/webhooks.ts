import { eventField, renderWebhookForm } from "../../../pages/webhook-form.ts";
import { renderWebhooksPage, type WebhooksPage } from "../../../pages/webhooks-page.ts";
import type { StoredWebhook } from "../../../store/settings/webhooks.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import { type PageRequest, pageAnswer } from "../../pipeline/page-endpoint.ts";
import { parseQuery, refuseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { getDeliveries } from "../webhooks/deliveries.ts";
import { getWebhooks, webhookOf } from "../webhooks/handler.ts";
import { editQuerySchema } from "./edit-query.ts";

/** Webhooks in the pages, for administrators alone: who can say where facts are sent can read all of them. */

/** So many deliveries are shown of each webhook. */
const shownDeliveries = 5;

/** `GET /webhooks`: all webhooks, with what became of their latest deliveries. */
export async function showWebhooks(request: PageRequest): Promise<TextAnswer> {
  refuseReaders(request);
  refuseQuery(request.query);
  return webhooksAnswer(request);
}

/**
 * The list, as an answer.
 * @param more what to say above it
 */
export async function webhooksAnswer(
  request: PageRequest,
  more: Pick<WebhooksPage, "errors" | "made"> = {},
  status = 200,
): Promise<TextAnswer> {
  const { body } = await getWebhooks({ ...request, query: {} });
  const webhooks = await Promise.all(
    body.items.map(async (webhook) => {
      const asked = { parameters: { id: webhook.id }, query: { limit: String(shownDeliveries) } };
      const { body: deliveries } = await getDeliveries({ ...request, ...asked });
      return { ...webhook, deliveries: deliveries.items };
    }),
  );
  return pageAnswer(renderWebhooksPage({ frame: request.frame, webhooks, ...more }), status);
}

/** `GET /webhooks/edit`: the form, with what there is under the id. */
export async function showWebhookForm(request: PageRequest): Promise<TextAnswer> {
  refuseReaders(request);
  const { id = "" } = parseQuery(editQuerySchema, request.query);
  const known = id === "" ? undefined : await webhookOf({ ...request, parameters: { id } });
  const values = known ? valuesOf(known) : { to: "url", enabled: "true" };
  const hasFilter = known?.definition.filter !== undefined;
  return pageAnswer(renderWebhookForm(request.frame, { id, hasFilter, state: { values, errors: [] } }));
}

function valuesOf({ definition }: StoredWebhook): Record<string, string> {
  const { description, url, events, enabled, format } = definition;
  return {
    ...{ to: url === undefined ? "bus" : "url", enabled: String(enabled), format },
    ...(url === undefined ? {} : { url }),
    ...(description === undefined ? {} : { description }),
    ...Object.fromEntries(events.map((type) => [eventField(type), "yes"])),
  };
}

/** @throws HttpProblem 403 */
function refuseReaders({ frame }: PageRequest): void {
  if (!frame.canChange) throw new HttpProblem(403, "this needs a key with the scope admin");
}
