import type { WantedKinds } from "../../domain/entities/entity.ts";
import type { AnyMetric } from "../../domain/metrics/metric.ts";
import type { StoredFact } from "../../store/records/facts.ts";
import type { FactKind } from "../../store/table/keys.ts";
import { sourcesOf } from "../fact-source.ts";

/** Which types of facts metrics count. */

/** The types of facts; `response` is one. */
export type FactType = StoredFact["fact"]["type"];

/** Those of some metrics that count single facts. */
export function singleOwners(owners: readonly AnyMetric[]): AnyMetric[] {
  return owners.filter((owner) => sourcesOf(owner).some(isKind));
}

function isKind(source: string): source is FactKind {
  return source === "responses" || source === "events";
}

/** The kind of facts of a type. */
export function kindOf(type: FactType): FactKind {
  return type === "response" ? "responses" : "events";
}

/** The types of the facts that change a metric's own counters. */
export function typesOfFacts({ facts = [] }: AnyMetric): FactType[] {
  return facts.map((name) => (name.startsWith("response:") ? "response" : (name as FactType)));
}

/** The kinds of occurrences that some metrics count of the histories of an entity. */
export function kindsCountedFrom(entity: string, owners: readonly AnyMetric[]): WantedKinds {
  const counting = owners.filter((owner) => sourcesOf(owner).includes(entity));
  return new Set(counting.flatMap(({ counts }) => counts));
}
