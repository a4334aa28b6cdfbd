import { findMetric } from "./registry.ts";

/** The check of a body that names a metric, for `refine`: whether there is one, and what is said where there is none. */

/** Whether a body names a metric of the registry. */
export function namesMetric({ metric }: { readonly metric: string }): boolean {
  return findMetric(metric) !== undefined;
}

/** What is said of a body that does not. */
export const unknownMetric = {
  path: ["metric"],
  message: "is not the id of a metric: GET /v1/metrics lists them",
  // Beside other errors too, so that all are told at once.
  when: ({ value }: { readonly value: unknown }) =>
    typeof (value as { metric?: unknown } | null)?.metric === "string",
};
