import * as z from "zod";
import { factIdSchema } from "../../domain/facts/base.ts";

/** The description of one route, beside its method, path and scope. */

/** An example by its name: what it shows, and the value. */
export type Examples = Readonly<
  Record<string, { readonly summary: string; readonly value: Readonly<Record<string, unknown>> | string }>
>;

/** An answer that is no error. */
export interface OperationAnswer {
  readonly description: string;
  readonly schema: z.ZodType;
  readonly examples: Examples;
  /** The answer's media type; JSON when absent. */
  readonly mediaType?: "application/json" | "text/html" | "text/plain";
  /** An example of the same as CSV, where the route answers that too. */
  readonly csv?: string;
}

export interface Operation {
  /** Unique: generators name their functions by it. */
  readonly operationId: string;
  readonly tag: Tag;
  /** A few words. */
  readonly summary: string;
  /** For callers; the scope is added to it. */
  readonly description: string;
  readonly path?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** Whether it takes any `filter.<dimension>` parameters. */
  readonly takesFilters?: boolean;
  /** Whether it chooses customers by any `filter.<dimension>` parameters. */
  readonly takesCustomerFilters?: boolean;
  /** Whether it chooses responses by any `filter.<dimension>` parameters, or by `dimension.<name>`, their older form. */
  readonly takesDimensions?: boolean;
  readonly header?: z.ZodObject;
  readonly body?: { readonly schema: z.ZodType; readonly examples: Examples };
  /** By status. */
  readonly answers: Readonly<Record<string, OperationAnswer>>;
  /** Statuses of the errors that it answers. */
  readonly problems: readonly number[];
  /** The meaning of a status on this route, where it says more than everywhere. */
  readonly meanings?: Readonly<Record<number, string>>;
}

/** The tags with their descriptions, in the order in which the documentation shows them. */
export const tags = {
  Facts:
    "What happened, as your systems send it. The same id is one fact for ever: anything may be sent again.",
  Sources: "Webhooks of other tools, taken as they are sent: facts come in by themselves.",
  Responses: "Survey responses with their comments: listed, searched, taken out of the counts and put back.",
  Customers: "What is known of one person, and erasing it.",
  Predictions: "What customers will bring, and how wrong earlier predictions were.",
  Metrics:
    "Values with their evidence: sample size, 95 % interval, components, and whether a change is significant.",
  Snapshots:
    "What was said of each day when it was over, with a new revision and the reason where it changed later.",
  Reconciliation: "Counting the stored facts again, to prove the counters or to put them right.",
  Goals: "What a metric is to reach by a date, and whether it is on its way there.",
  Alerts: "Metrics that are watched: what is raised when one is not what it usually is.",
  "Shared links": "Pages that open without a key for some days.",
  Webhooks: "Who is told what as it happens: signed, at least once.",
  Annotations: "What happened on some days, so that a chart that moves explains itself.",
  Workspace: "Settings that say what days, money and metrics mean.",
  Keys: "Who may write, read and administer.",
  Service: "The API itself; no key needed.",
} as const;

export type Tag = keyof typeof tags;

/** The id in the path of a route that is about one thing. */
export function pathId(description: string, example: string): z.ZodObject {
  return z.object({ id: factIdSchema.meta({ description, example }) });
}

/** Statuses of errors that every route with a key can answer. */
export const keyProblems = [401, 403, 429, 500, 503];
