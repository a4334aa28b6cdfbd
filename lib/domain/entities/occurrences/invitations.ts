import type { OccurrenceBase } from "./base.ts";

/** An invitation to a survey was sent. What became of it counts on the day of sending. */
export interface InvitationSent extends OccurrenceBase {
  readonly kind: "invitation-sent";
  /** When the first answer came: within the days that an answer may take, after them, or not (yet). */
  readonly answer: "in-time" | "late" | "none";
  /** The hour of the day of an answer in time, 00 to 23; else empty. */
  readonly hour: string;
}

/** Occurrences of invitations. */
export type InvitationOccurrence = InvitationSent;
