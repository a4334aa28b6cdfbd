/** A part of the product that is tested by mutation, with a score of its own. */
export interface Part {
  /** The files in which something is changed. */
  readonly mutate: readonly string[];
  /** The folders and files of `test` whose tests have to notice it. */
  readonly tests: readonly string[];
  /** Files among them that are left out. */
  readonly without?: readonly string[];
}

/** Simulations take seconds and allow for chance: repeated for each change they would take most of the time, and notice little. */
const simulations = ["coverage", "calibration"].map(
  (name) => `unit/domain/metrics/statistics/${name}.test.ts`,
);

const ledgerTests = [
  ...["tries", "ledger", "capacity"].map((name) => `integration/store/${name}.test.ts`),
  ...["long-history", "full-history"].map((name) => `proofs/store/${name}.test.ts`),
];

/** The parts by name. */
export const parts: Readonly<Record<string, Part>> = {
  calendar: { mutate: ["lib/domain/calendar/**/*.ts"], tests: ["unit/domain/calendar"] },
  entities: {
    mutate: ["lib/domain/entities/**/*.ts"],
    tests: ["unit/domain/entities", "unit/domain/metrics"],
    without: simulations,
  },
  statistics: {
    mutate: ["lib/domain/metrics/statistics/*.ts"],
    tests: ["unit/domain/metrics/statistics"],
    without: simulations,
  },
  metrics: { mutate: ["lib/domain/metrics/*.ts"], tests: ["unit/domain/metrics"], without: simulations },
  ledger: {
    mutate: [
      "records/entity-item",
      "records/stored-entity",
      "counters/change-causes",
      "counters/packing",
      "counters/packed-names",
      "reconciliation/recounting",
      "snapshots/restatement-reason",
    ].map((name) => `lib/store/${name}.ts`),
    tests: ["unit/store"],
  },
  // What a transaction does is tested by itself; whether it is right, nothing but a real engine says.
  transactions: {
    mutate: ["ledger/ledger", "ledger/transaction", "ledger/counter-actions", "table/action"].map(
      (name) => `lib/store/${name}.ts`,
    ),
    tests: ["unit/store/ledger", ...ledgerTests],
  },
};
