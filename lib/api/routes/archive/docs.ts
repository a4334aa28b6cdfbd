import { keyProblems, type Operation } from "../../openapi/operation.ts";
import { archiveNowSchema, archiveSchema, archivingSchema } from "./answers.ts";

/** OpenAPI operations of the archive. */

const backfill = {
  timeZone: "Europe/Berlin",
  closedThrough: "2026-11-28",
  archived: { days: 412, from: "2025-10-13", to: "2026-11-28" },
  waiting: { days: 318, from: "2024-11-29", to: "2025-10-12", changed: 0, complete: true },
  nextRun: "2026-11-29T13:15:00.000Z",
};

/** By route key. */
export const archiveOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/archive": {
    operationId: "readArchive",
    tag: "Snapshots",
    summary: "How far the archive of closed days has come",
    description: [
      "Each closed day is kept as files, from which lists of customers and questions of any combination are answered. After an import of years the",
      "hourly run archives a thousand days at a time: this says how many days have files, and how many are waiting. `POST /v1/archive` begins at once.",
    ].join(" "),
    answers: {
      200: {
        description: "Which days have files, and which are waiting",
        schema: archiveSchema,
        examples: { backfill: { summary: "Two years that were imported this morning", value: backfill } },
      },
    },
    problems: [...keyProblems, 404],
  },
  "POST /v1/archive": {
    operationId: "archiveNow",
    tag: "Snapshots",
    summary: "Archive closed days now, in the background",
    description: [
      "Asks for the snapshots and the files of the days that the hourly run would take next: a thousand at most, those without any first, then the latest ones that",
      "changed. `GET /v1/archive` says how far it has come. Asking twice changes nothing, but days that are still waiting are looked at twice.",
    ].join(" "),
    body: { schema: archiveNowSchema, examples: { now: { summary: "All that is waiting", value: {} } } },
    answers: {
      202: {
        description: "The days that were asked for",
        schema: archivingSchema,
        examples: {
          backfill: {
            summary: "After an import",
            value: { days: 730, from: "2024-11-29", to: "2026-11-28" },
          },
        },
      },
    },
    problems: [...keyProblems, 400, 404, 413, 415, 422],
  },
};
