import type { Fact } from "../facts/parse.ts";

/**
 * What webhooks tell of.
 *
 * Who has something new to tell (an alert, a digest) does three things:
 *
 * 1. The type is in `eventTypes`; its example and a line go into `docs/webhooks.md`.
 * 2. It makes an `Announcement`, `{ type, at, data, telling }`, and puts `announce(context, announcement).actions`
 *    (`lib/store/outbox/outbox.ts`) into the transaction that writes what it tells of. Where the workspace has no webhook
 *    for the type there are no actions, and nothing to pay. What is announced is then told at least once, whatever happens.
 * 3. After the commit it calls `handOver(entries)` (`lib/jobs/webhooks/hand-over.ts`), which never throws. Where it is forgotten, or
 *    the process is killed before it, the sweep hands the entries over some minutes later.
 *
 * What receivers get is `{ "type", "timestamp", "data" }`, as Standard Webhooks recommends; `telling` is how it is said in
 * chats, and is needed for types in `toldToPeople` alone.
 */

/** The types of events of facts. */
export const factEventTypes = ["response.recorded", "event.recorded"] as const;

/** The types of events that are said in words as well: chats take them. */
export const toldToPeople = ["alert.raised", "alert.cleared", "digest.ready"] as const;

/** Every type that a webhook can subscribe to. */
export const eventTypes = [
  ...factEventTypes,
  "snapshot.taken",
  "snapshot.restated",
  "goal.reached",
  "goal.missed",
  ...toldToPeople,
] as const;

/** The type of what `POST /v1/webhooks/{id}/test` sends: nobody subscribes to it. */
export const testType = "webhook.test";

export type EventType = (typeof eventTypes)[number];
export type FactEventType = (typeof factEventTypes)[number];

/** How an event is said to people: plain text, in the workspace's language. */
export interface Telling {
  /** One sentence. */
  readonly title: string;
  /** A paragraph each, most important first. */
  readonly lines: readonly string[];
  /** Where one can read more. */
  readonly link?: string | undefined;
}

interface Told {
  /** When it happened: milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
}

/** A fact that was recorded. Only its id is kept: what is sent is the fact as it is then, or nothing where it was excluded or its person erased. */
export interface FactAnnouncement extends Told {
  readonly type: FactEventType;
  readonly fact: Fact;
}

/** Anything else, with what is sent: at most `maxDataBytes` of JSON. It must not name a person. */
export interface PlainAnnouncement extends Told {
  readonly type: Exclude<EventType, FactEventType> | typeof testType;
  readonly data: Readonly<Record<string, unknown>>;
  /** How it is said in chats; only types in `toldToPeople` need it. */
  readonly telling?: Telling;
}

export type Announcement = FactAnnouncement | PlainAnnouncement;

/** The most bytes of data that an announcement can carry. */
export const maxDataBytes = 200_000;

/** The body of a delivery, before its format. */
export interface WebhookMessage {
  readonly type: EventType | typeof testType;
  /** RFC 3339. */
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly telling?: Telling | undefined;
}

/** The event of a fact that was recorded. */
export function announcementOf(fact: Fact, at: number): FactAnnouncement {
  return { type: fact.type === "response" ? "response.recorded" : "event.recorded", at, fact };
}
