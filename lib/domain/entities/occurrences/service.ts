import type { OccurrenceBase } from "./base.ts";

/** A ticket was opened. */
export interface ContactOpened extends OccurrenceBase {
  readonly kind: "contact-opened";
  /** The hour of the day, 0–23, in the workspace's time zone. */
  readonly hour: number;
}

/** A ticket got its first reply. */
export interface FirstReplied extends OccurrenceBase {
  readonly kind: "first-replied";
  /** Since the opening. */
  readonly milliseconds: number;
}

/** A ticket was resolved. */
export interface CaseResolved extends OccurrenceBase {
  readonly kind: "case-resolved";
  /**
   * `once`: never reopened, so it is the first resolution and the last. `first`: the first of a ticket that was reopened
   * afterwards. `last`: the one with which such a ticket stayed resolved.
   */
  readonly resolution: "once" | "first" | "last";
  /** Since the opening. */
  readonly milliseconds: number;
  /** Whether it took one contact, and nobody came back with the same issue; never true of a `last` one. */
  readonly onFirstContact: boolean;
}

/** A call began to wait, or one that began to wait on this day was abandoned. */
export interface CallWaited extends OccurrenceBase {
  readonly kind: "call-queued" | "call-abandoned";
}

/** A call that began to wait on this day was answered or abandoned after some time. */
export interface WaitEnded extends OccurrenceBase {
  readonly kind: "wait-ended";
  readonly isAnswered: boolean;
  readonly milliseconds: number;
}

/** It is known how often a caller was passed on whose call began to wait on this day. */
export interface CallTransferred extends OccurrenceBase {
  readonly kind: "call-transferred";
  readonly times: number;
}

/** An article was created or improved; created; used; or used and resolved a case. */
export interface ArticleTouched extends OccurrenceBase {
  readonly kind: "article-written" | "article-created" | "article-used" | "article-resolved";
  /** How often on this day. */
  readonly times: number;
}

/** Occurrences of customer service. */
export type ServiceOccurrence =
  | ContactOpened
  | FirstReplied
  | CaseResolved
  | CallWaited
  | WaitEnded
  | CallTransferred
  | ArticleTouched;
