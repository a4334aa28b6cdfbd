/** A part of the product that is tested by mutation, with a score of its own. */
export interface Part {
  /** The files in which something is changed. */
  readonly mutate: readonly string[];
  /** The folders of `test/unit` whose tests have to notice it. */
  readonly tests: readonly string[];
}

/** The parts by name. */
export const parts: Readonly<Record<string, Part>> = {
  calendar: { mutate: ["lib/calendar/**/*.ts"], tests: ["calendar"] },
  entities: { mutate: ["lib/entities/**/*.ts"], tests: ["entities", "metrics"] },
  statistics: { mutate: ["lib/metrics/statistics/*.ts"], tests: ["statistics"] },
  metrics: { mutate: ["lib/metrics/*.ts"], tests: ["metrics", "series"] },
  ledger: {
    mutate: ["entities", "late", "packing", "recounting", "restatement"].map(
      (name) => `lib/store/${name}.ts`,
    ),
    tests: ["store"],
  },
};
