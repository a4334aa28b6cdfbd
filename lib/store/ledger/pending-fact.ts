import type { Day } from "../../domain/calendar/days.ts";
import type { EnrichedFact } from "../../domain/entities/enriched-fact.ts";
import type { Subject } from "../../domain/entities/registry.ts";
import type { StoredFact } from "../records/facts.ts";
import type { PlanContext } from "./plan-context.ts";

/** Facts that are to be recorded, and what planning them depends on. */

/** A fact on its way into the store. */
export interface PendingFact extends EnrichedFact {
  readonly contentHash: string;
  /** The entities that it is about. */
  readonly subjects: readonly Subject[];
  /** Where a later answer is known already: it is stored out of the counts. */
  readonly out?: Pick<StoredFact, "audit" | "supersededBy">;
  /** The first day of which it may replace a fact; any where absent. */
  readonly replacesFrom?: Day | undefined;
}

/** The context of planning facts. */
export interface RecordingContext extends PlanContext {
  /** Names the request in the facts that it stores, so that it knows them again. */
  readonly commit: string;
}
