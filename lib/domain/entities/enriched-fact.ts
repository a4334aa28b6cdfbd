import type { Day } from "../calendar/days.ts";
import type { Fact } from "../facts/parse.ts";
import type { Segments } from "./occurrences/base.ts";

/** A fact with its day, segments and names under its workspace's settings. */
export interface EnrichedFact {
  readonly fact: Fact;
  /** The day it counts on. */
  readonly day: Day;
  /** Its values of the tracked dimensions, with `(other)` for values past the limit. */
  readonly segments: Segments;
  /**
   * The name under which a value counts, if that is not the value itself, for values of which only a limited number are counted by name: the intent of a
   * response to `visitor-intent`, the reason of a `customer.left`, the touchpoint of an `interaction.made`. `(other)` past the limit.
   */
  readonly countedAs?: string | undefined;
  /**
   * What stands for the number of the order that a purchase tells, or from which an answer takes what it does not say: only where the workspace linked
   * orders when the fact was recorded (see `orderKeyOf`). It stays when the number goes with the person who is erased.
   */
  readonly orderKey?: string | undefined;
  /** The id of the public key that sent it; absent for a sender who is trusted. */
  readonly publicKey?: string | undefined;
  /** Whether a response came with a comment that has been erased since. */
  readonly hadComment?: boolean | undefined;
  /** When the person it was about was erased (RFC 3339); absent where it still names whom it is about, or never did. */
  readonly erasedAt?: string | undefined;
}
