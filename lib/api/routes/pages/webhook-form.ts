import { randomUUID } from "node:crypto";
import { eventTypes } from "../../../domain/webhooks/announcement.ts";
import type { WebhookDefinition } from "../../../domain/webhooks/definition.ts";
import { eventField, renderWebhookForm } from "../../../pages/webhook-form.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import { type ChangeRequest, pageAnswer, redirectTo } from "../../pipeline/page-endpoint.ts";
import { redeliver, testWebhook } from "../webhooks/deliveries.ts";
import { putWebhook, removeWebhook, rotate, webhookOf } from "../webhooks/handler.ts";
import { formErrorsOf } from "./form-errors.ts";
import { webhooksAnswer } from "./webhooks.ts";

/** The forms of webhooks: set, changed, removed, tried, and their secrets. */

/** `POST /webhooks/edit`: does what its button says, or says what is wrong with it. */
export async function changeWebhook(request: ChangeRequest): Promise<TextAnswer> {
  const { action, id = "", delivery = "" } = request.form;
  const asked = { ...request, parameters: { id, delivery }, body: {} };
  try {
    if (action === "test") await testWebhook(asked);
    else if (action === "redeliver") await redeliver(asked);
    else if (action === "rotate") {
      const { body } = await rotate(asked);
      const { secret, previousUntil } = body;
      return await webhooksAnswer(request, { made: { webhook: id, secret, previousUntil } });
    } else return await saveOrRemove(request);
  } catch (error) {
    return webhooksAnswer(request, { errors: formErrorsOf(error, fieldOf) }, 422);
  }
  return redirectTo("/webhooks");
}

/** Saves or removes a webhook. The secret of a new one is shown in the answer and never again. */
async function saveOrRemove(request: ChangeRequest): Promise<TextAnswer> {
  const { form } = request;
  const { id = "", action } = form;
  const parameters = { id: id === "" ? randomUUID() : id };
  let before: WebhookDefinition | undefined;
  try {
    if (id !== "") before = (await webhookOf({ ...request, parameters })).definition;
    if (action === "remove") await removeWebhook({ ...request, parameters });
    else {
      const { body } = await putWebhook({ ...request, parameters, body: bodyOf(form, before) });
      const { secret, description: webhook = body.id } = body;
      if (secret !== undefined) return await webhooksAnswer(request, { made: { webhook, secret } });
    }
  } catch (error) {
    const state = { values: form, errors: formErrorsOf(error, fieldOf) };
    const hasFilter = before?.filter !== undefined;
    return pageAnswer(renderWebhookForm(request.frame, { id, hasFilter, state }), 422);
  }
  return redirectTo("/webhooks");
}

/** The filter is not in the form: it stays as it was. */
function bodyOf(form: ChangeRequest["form"], before: WebhookDefinition | undefined): object {
  const { description, to, url, format, enabled } = form;
  const given = {
    ...{ description, url, format, filter: before?.filter },
    target: to === "bus" ? { eventBridge: true } : undefined,
    events: eventTypes.filter((type) => form[eventField(type)] !== undefined),
    enabled: enabled === undefined ? undefined : enabled === "true",
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** The field of a pointer: an error of one of the events belongs to all of them. */
function fieldOf(pointer: string): string {
  return pointer.slice(1).split("/")[0] ?? "";
}
