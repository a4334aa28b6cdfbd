import { customer } from "../../../../lib/domain/entities/customer.ts";
import type { History } from "../../../../lib/domain/entities/history.ts";
import { defaultSettings, type Workspace } from "../../../../lib/domain/workspace/settings.ts";
import type { Coverage } from "../../../../lib/store/reconciliation/recounting.ts";
import { coverageOf } from "../../../../lib/store/reconciliation/suspected-drift.ts";
import type { StoredFact } from "../../../../lib/store/records/facts.ts";
import type { StoredEntity } from "../../../../lib/store/records/stored-entity.ts";

/** Facts and customers as they are stored, for recounts of some days. */

/** The days that are recounted. */
export const range = { from: "2024-12-20", to: "2025-01-10" };
/** All facts of these days were read, and the totals of two years are recounted. */
export const coverage: Coverage = coverageOf([range], new Set(["2024", "2025"]), "2026-01-01");

/** The workspace of them all. */
export const workspace: Workspace = {
  ...defaultSettings,
  id: "w",
  createdAt: "2024-01-01T00:00:00Z",
  version: 1,
  trackedSince: {},
};

/** A fact at noon of a day. */
export function factOf(id: string, day: string, type: string, customerId: string | undefined): StoredFact {
  const at = Date.parse(`${day}T12:00:00Z`) + id.length;
  const money = type.startsWith("purchase") ? { money: { amountMinor: 500n, currency: "USD" } } : {};
  const who = customerId === undefined ? {} : { customerId };
  const fact = {
    id,
    type,
    occurredAt: at,
    dimensions: {},
    ...who,
    ...money,
  } as unknown as StoredFact["fact"];
  return { fact, day, segments: {}, recordedAt: at, excluded: false, audit: [] };
}

/** A customer whose history is what facts say. */
export function customerOf(id: string, facts: readonly StoredFact[]): StoredEntity {
  const history = facts.reduce<History>((sum, fact) => customer.apply(sum, fact), customer.unknown);
  return {
    entity: customer,
    id,
    history,
    dependencies: { inactivityDays: null, engagedTouchpoints: 4, journeyStages: [], funnels: [] },
    version: 3,
  };
}
