import { isGenuine, keptHeaders, payloadOf } from "../../../domain/sources/read-delivery.ts";
import { findProvider } from "../../../domain/sources/registry.ts";
import { keepUnmapped } from "../../../store/settings/unmapped-deliveries.ts";
import type { Answer, AnswerOf, TextAnswer } from "../../pipeline/answer.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import type { DeliveryRequest } from "../../pipeline/source-endpoint.ts";
import type { receiptSchema } from "./answers.ts";
import { withDetails } from "./details.ts";
import { recordDelivery } from "./record-delivery.ts";

/** Webhooks as they are sent. */

/** `HEAD /v1/sources/{id}`: some providers look whether there is anything before they send. */
export async function checkAddress(): Promise<TextAnswer> {
  return { status: 200, text: "", headers: { "content-type": "text/plain" } };
}

/**
 * `POST /v1/sources/{id}`: 200 once everything is recorded, or kept with the reason why not.
 * @throws HttpProblem 401 where the provider did not sign it
 */
export async function receiveDelivery(
  request: DeliveryRequest,
): Promise<Answer<AnswerOf<typeof receiptSchema>>> {
  const { table, found, delivery } = request;
  const { workspace, source, secrets } = found;
  if (!isGenuine(delivery, source, secrets)) throw unsigned(request);
  const sent = payloadOf(delivery.body);
  const payload = await withDetails(request, sent);
  const { event, problems, ...counts } = await recordDelivery(request, source, payload, delivery.headers);
  request.note({ ...counts, unmapped: problems.length });
  if (problems.length > 0) {
    await keepUnmapped(table, workspace, source.id, {
      ...{ event, problems, receivedAt: delivery.receivedAt },
      payload: payload === sent ? delivery.body : Buffer.from(JSON.stringify(payload)),
      headers: headersToKeep(delivery.headers),
    });
  }
  return { status: 200, body: { ...counts, unmapped: problems.length } };
}

function headersToKeep(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    keptHeaders.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value.slice(0, 200)] as const];
    }),
  );
}

function unsigned({ found: { source, secrets } }: DeliveryRequest): HttpProblem {
  const { secret = "a secret" } = findProvider(source.provider) ?? {};
  return new HttpProblem(
    401,
    secrets.secrets.length === 0
      ? `the source has no secret yet: PUT /v1/sources/${source.id} takes ${secret}`
      : "the signature is missing, too old, or made with another secret",
  );
}
