import type { WebhookMessage } from "../../domain/webhooks/announcement.ts";
import { bodyOf } from "../../domain/webhooks/formats.ts";
import { failingMilliseconds, restAfter } from "../../domain/webhooks/pauses.ts";
import { signatureHeaders } from "../../domain/webhooks/signature.ts";
import { type Delivery, type Fate, noteFate, readDeliveries } from "../../store/outbox/deliveries.ts";
import {
  leavePlace,
  noteFailures,
  noteRecovery,
  readHealth,
  takePlace,
  type WebhookHealth,
} from "../../store/outbox/health.ts";
import { pausesDividedBy } from "../../store/outbox/timing.ts";
import { readSecrets } from "../../store/settings/webhook-secrets.ts";
import { readWebhook, type StoredWebhook, switchOff } from "../../store/settings/webhooks.ts";
import type { Table } from "../../store/table/client.ts";
import type { Deadline } from "../../store/table/retries.ts";
import { logger } from "../../telemetry/logger.ts";
import { putEvent } from "./event-bus.ts";
import { fateOf, type Outcome } from "./fate.ts";
import { type DeliveriesMessage, sendAgain, sendDeliveries } from "./hand-over.ts";
import { factIsGone, messagesOf } from "./messages.ts";
import { patienceMilliseconds, post } from "./post.ts";

/**
 * Making deliveries. What became of each is noted in the outbox before its message is done with; whatever ends in between is made again,
 * with the same id.
 */

/** A place is free again after so long, if whoever took it was killed. */
const placeMilliseconds = patienceMilliseconds + 20_000;

/** Where it runs. */
export interface Delivering {
  readonly table: Table;
  readonly deadline: Deadline;
  /** Whether the local cloud runs: then a receiver may be on this machine. */
  readonly isLocal: boolean;
  /** The clock: milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: () => number;
}

/** A delivery with how it went. */
interface Made {
  readonly delivery: Delivery;
  readonly outcome: Outcome;
}

/**
 * Makes the deliveries of a message, all at the same time, and notes what became of them. Where too many others of the same webhook are being made,
 * they are asked for again in a while.
 * @throws StoreError `unavailable`; what has been noted stays so
 */
export async function deliver(context: Delivering, message: DeliveriesMessage): Promise<void> {
  const { table } = context;
  const { workspace, webhook: id } = message;
  const [webhook, health] = await Promise.all([
    readWebhook(table, workspace, id),
    readHealth(table, workspace, id),
  ]);
  const now = context.now();
  const place = await takePlace(table, message, health, { now, until: now + placeMilliseconds });
  if (!place) return sendAgain(message);
  try {
    await deliverInPlace(context, message, webhook, health);
  } finally {
    await leavePlace(table, message, place);
  }
}

async function deliverInPlace(
  context: Delivering,
  { workspace, webhook: id, ids }: DeliveriesMessage,
  webhook: StoredWebhook | undefined,
  health: WebhookHealth,
): Promise<void> {
  const { table, deadline } = context;
  const found = await readDeliveries(table, { workspace, webhook: id }, ids, deadline);
  const waiting = found.filter(({ state }) => state === "pending");
  const { due, fates } = sorted(waiting, webhook, health, context.now());
  await Promise.all(fates.map(([delivery, fate]) => noteFate(table, delivery, fate)));
  if (webhook && due.length > 0) await makeAll(context, webhook, health, due);
}

/** Makes deliveries, all at the same time. */
async function makeAll(
  context: Delivering,
  webhook: StoredWebhook,
  health: WebhookHealth,
  due: readonly Delivery[],
): Promise<void> {
  const { table, deadline } = context;
  const messages = await messagesOf(table, due, deadline);
  const isSigned = webhook.definition.url !== undefined;
  const workspace = due[0]?.workspace ?? "";
  const secrets = isSigned ? await readSecrets(table, workspace, webhook.id, context.now()) : [];
  const made = await Promise.all(
    due.map(async (delivery) => {
      const said = messages.get(delivery.id);
      if (said === undefined || typeof said === "string") {
        await noteFate(table, delivery, { state: "dropped", because: said ?? factIsGone });
        return [];
      }
      return [{ delivery, outcome: await send(context, webhook, secrets, delivery, said) }];
    }),
  );
  await settle(context, webhook, health, made.flat());
}

type Sorted = { readonly due: readonly Delivery[]; readonly fates: readonly (readonly [Delivery, Fate])[] };

/** Which deliveries are to be made now, and what becomes of the others. */
function sorted(
  waiting: readonly Delivery[],
  webhook: StoredWebhook | undefined,
  health: WebhookHealth,
  now: number,
): Sorted {
  const due: Delivery[] = [];
  const fates: [Delivery, Fate][] = [];
  const { restsUntil = 0 } = health;
  const rests = restsUntil > now;
  for (const delivery of waiting) {
    const because = reasonToDrop(delivery, webhook);
    if (because !== undefined) fates.push([delivery, { state: "dropped", because }]);
    else if (rests && !delivery.byHand) {
      fates.push([delivery, { state: "pending", nextTryAt: restsUntil, sweptAt: restsUntil }]);
    } else due.push(delivery);
  }
  return { due, fates };
}

function reasonToDrop(
  { byHand, createdAt }: Delivery,
  webhook: StoredWebhook | undefined,
): string | undefined {
  // One that was made anew under the same id is another one: it hears of what happens from then on.
  if (!webhook || Date.parse(webhook.createdAt) > createdAt) return "its webhook was deleted";
  return webhook.definition.enabled || byHand ? undefined : "its webhook was disabled";
}

async function send(
  { isLocal, now }: Delivering,
  { definition: { url, format } }: StoredWebhook,
  secrets: readonly string[],
  { id, workspace }: Delivery,
  message: WebhookMessage,
): Promise<Outcome> {
  const body = bodyOf(format, message);
  if (url === undefined) return putEvent({ workspace, id, type: message.type, body });
  const headers = signatureHeaders({ id, sentAt: now(), body }, secrets);
  return post({ url, headers, body }, { isLocal });
}

/** Notes how deliveries went, and what that says of their webhook. */
async function settle(
  context: Delivering,
  webhook: StoredWebhook,
  health: WebhookHealth,
  made: readonly Made[],
): Promise<void> {
  const { table } = context;
  const again = new Map<number, Delivery[]>();
  await Promise.all(
    made.map(async ({ delivery, outcome }) => {
      const { fate, delaySeconds } = fateOf(delivery, outcome, context.now());
      await noteFate(table, delivery, fate);
      if (delaySeconds !== undefined) again.set(delaySeconds, [...(again.get(delaySeconds) ?? []), delivery]);
    }),
  );
  await Promise.all([...again].map(([seconds, some]) => sendDeliveries(some, seconds)));
  const failed = made.filter(({ outcome }) => !outcome.isTaken);
  log(webhook, made, failed);
  await judge(context, webhook, health, { made, failed });
}

/** One line of a message's deliveries: counts and names, no URL and nothing of what was sent or answered. */
function log({ id }: StoredWebhook, made: readonly Made[], failed: readonly Made[]): void {
  const [first] = made;
  if (!first) return;
  const slowest = Math.max(...made.map(({ outcome }) => outcome.milliseconds));
  const { workspace } = first.delivery;
  const line = { workspace, webhook: id, deliveries: made.length, failed: failed.length, slowest };
  const [problem] = failed;
  const why = problem ? { status: problem.outcome.status, because: problem.outcome.error } : {};
  logger.info("deliveries", { ...line, ...why });
}

/** What deliveries say of their webhook: whether it rests, and whether it is switched off. */
async function judge(
  { table, now: clock }: Delivering,
  webhook: StoredWebhook,
  health: WebhookHealth,
  { made, failed }: { readonly made: readonly Made[]; readonly failed: readonly Made[] },
): Promise<void> {
  const [first] = made;
  if (!first) return;
  const { workspace } = first.delivery;
  if (failed.some(({ outcome }) => outcome.status === 410)) {
    logger.warn("webhook switched off", { workspace, webhook: webhook.id, because: "gone" });
    return switchOff(table, workspace, webhook, { because: "gone", at: clock() });
  }
  if (failed.length < made.length) {
    if (health.failures > 0) await noteRecovery(table, workspace, webhook.id);
    return;
  }
  const now = clock();
  const rest = (failures: number) => restAfter(failures) / pausesDividedBy();
  const { failingSince = now } = await noteFailures(table, workspace, webhook.id, failed.length, {
    ...{ now, restAfter: rest },
  });
  if (!webhook.definition.enabled || now - failingSince < failingMilliseconds) return;
  logger.warn("webhook switched off", { workspace, webhook: webhook.id, because: "failing" });
  await switchOff(table, workspace, webhook, { because: "failing", at: now });
}
