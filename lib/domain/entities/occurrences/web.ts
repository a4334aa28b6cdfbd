import type { Sentiment } from "../../facts/market.ts";
import type { OccurrenceBase } from "./base.ts";

/** Something of which one fact can tell many alike. */
interface Alike extends OccurrenceBase {
  /** How many, at least 1. */
  readonly count: number;
}

/** Visits ended. */
export interface SessionsEnded extends Alike {
  readonly kind: "sessions-ended";
  /** Of each of them, at least 1. */
  readonly pages: number;
  readonly seconds: number;
}

/** Pages were loaded. */
export interface PagesLoaded extends Alike {
  readonly kind: "pages-loaded";
  /** Of each of them. */
  readonly milliseconds: number;
  /** Whether the visitor came from another page; absent where nobody said. */
  readonly isNext?: boolean;
}

/** Visits came from search, or a call to action was seen or clicked. */
export interface Visited extends Alike {
  readonly kind: "search-landed" | "cta-viewed" | "cta-clicked";
}

/** Probes found a service up or down. */
export interface Probed extends Alike {
  readonly kind: "probed";
  readonly isUp: boolean;
}

/** A page's fitness for mobile devices was scored. */
export interface MobileScored extends OccurrenceBase {
  readonly kind: "mobile-scored";
  /** 0 to 100. */
  readonly score: number;
}

/** The business was mentioned. */
export interface Mentioned extends Alike {
  readonly kind: "mentioned";
  readonly sentiment: Sentiment;
}

/** A cart was started. */
export interface CartStarted extends OccurrenceBase {
  readonly kind: "cart-started";
}

/** A cart was bought, or its time ran out. */
export interface CartDecided extends OccurrenceBase {
  readonly kind: "cart-decided";
  readonly isBought: boolean;
  /** Whether it was bought after its time had run out. */
  readonly isLate: boolean;
}

/** A share had a first and a last price on a day. */
export interface ShareTraded extends OccurrenceBase {
  readonly kind: "share-traded";
  readonly symbol: string;
  /** ISO 4217. */
  readonly currency: string;
  /** The day's first and last price, in the currency's minor unit. */
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
}

/** Occurrences of a website and of the world outside. */
export type WebOccurrence =
  | SessionsEnded
  | PagesLoaded
  | Visited
  | Probed
  | MobileScored
  | Mentioned
  | CartStarted
  | CartDecided
  | ShareTraded;
