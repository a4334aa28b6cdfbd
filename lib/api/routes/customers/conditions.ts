import * as z from "zod";
import { beginning, isDay } from "../../../domain/calendar/days.ts";
import type { Filters } from "../../../domain/facts/characteristics.ts";
import type { ScoreSurvey } from "../../../domain/facts/responses.ts";
import type { Bounds, CustomerConditions } from "../../../queries/customers/conditions.ts";
import { customerStates } from "../../../queries/customers/customer.ts";
import { splitDimensions } from "../../pipeline/dimension-filters.ts";
import { dayParameter } from "../../pipeline/parameters.ts";
import { invalidParameter } from "../../pipeline/problem.ts";

/** The query parameters that choose customers. */

const statesParameter = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(z.enum(customerStates, { error: `must be some of ${customerStates.join(", ")}` })))
  .optional()
  .meta({
    description:
      "Only customers in one of these states, separated by commas; `none`: never a customer, for example someone who only answered a survey",
    example: "active",
  });

/** `low..high`, or one value: either end of a range may be left out. */
export function rangeParameter<Value extends number | string>(
  read: (text: string) => Value | undefined,
  what: string,
  meta: { readonly description: string; readonly example: string },
) {
  return z
    .string()
    .transform((text, context): Bounds<Value> => {
      const parts = text.split("..");
      const [low = "", high = low] = parts;
      const [from, to] = [low, high].map((part) => (part === "" ? undefined : read(part)));
      const isRead = (part: string, value: Value | undefined) => part === "" || value !== undefined;
      const isRight =
        parts.length <= 2 && (low !== "" || high !== "") && isRead(low, from) && isRead(high, to);
      const isBackwards = from !== undefined && to !== undefined && from > to;
      if (isRight && !isBackwards) return { from, to };
      context.addIssue({ code: "custom", message: isBackwards ? "must not end before it begins" : what });
      return z.NEVER;
    })
    .optional()
    .meta(meta);
}

const scoreRange = (survey: ScoreSurvey, example: string) =>
  rangeParameter(
    (text) => (/^(\d|10)$/.test(text) ? Number(text) : undefined),
    "must be a score from 0 to 10, or a range like 1..3, 9.. or ..3",
    {
      description: `Only customers whose latest \`${survey}\` score is this one, or in this range, both ends included: \`1..3\`, \`9..\`, \`..3\`. As it was given, on whatever scale`,
      example,
    },
  );

const scoredRange = (survey: ScoreSurvey) =>
  rangeParameter(
    (text) => (isDay(text) && text >= beginning ? text : undefined),
    "must be a day, YYYY-MM-DD, or a range like 2026-10-01..2026-10-31",
    {
      description: `Only customers whose latest \`${survey}\` score was given on this day, or in this range, both ends included: either end may be left out`,
      example: "2026-10-01..2026-10-31",
    },
  );

/** The parameters that choose customers, beside `filter.<dimension>`. */
export const customerConditionParameters = {
  state: statesParameter,
  joinedFrom: dayParameter.optional().meta({ description: "Customers since this day or later" }),
  joinedTo: dayParameter.optional().meta({ description: "Customers since this day or earlier" }),
  seenFrom: dayParameter.optional().meta({
    description: "The last day of which anything of the customer is known is this one or a later one",
  }),
  seenTo: dayParameter.optional().meta({ description: "… this one or an earlier one" }),
  "score.nps": scoreRange("nps", "9..10"),
  "score.csat": scoreRange("csat", "4..5"),
  "score.ces": scoreRange("ces", "1..3"),
  "score.esat": scoreRange("esat", "..4"),
  "scored.nps": scoredRange("nps"),
  "scored.csat": scoredRange("csat"),
  "scored.ces": scoredRange("ces"),
  "scored.esat": scoredRange("esat"),
} as const;

const conditionsSchema = z.object(customerConditionParameters);

/** Parsed parameters that choose customers. */
export type CustomerParameters = Partial<z.output<typeof conditionsSchema>>;

/**
 * Takes the filters by dimension out of a query.
 * @throws HttpProblem 400 that names each one that is wrong
 */
export function splitCustomerFilters(
  query: Readonly<Record<string, string>>,
): ReturnType<typeof splitDimensions> {
  const older = Object.keys(query).find((name) => name.startsWith("dimension."));
  if (older !== undefined) throw invalidParameter(older, "is not a parameter: use filter.<dimension>");
  return splitDimensions(query);
}

/**
 * The conditions of parsed parameters.
 * @throws HttpProblem 400 where a range of days ends before it begins
 */
export function conditionsOf(parameters: CustomerParameters, filters: Filters): CustomerConditions {
  const { state, joinedFrom, joinedTo, seenFrom, seenTo } = parameters;
  if (joinedFrom !== undefined && joinedTo !== undefined && joinedFrom > joinedTo)
    throw invalidParameter("joinedTo", "must not be before joinedFrom");
  if (seenFrom !== undefined && seenTo !== undefined && seenFrom > seenTo)
    throw invalidParameter("seenTo", "must not be before seenFrom");
  return {
    ...{ states: state, filters },
    joined: { from: joinedFrom, to: joinedTo },
    seen: { from: seenFrom, to: seenTo },
    scores: bySurvey("score.", parameters),
    scored: bySurvey("scored.", parameters),
  };
}

function bySurvey<Value>(
  prefix: string,
  parameters: CustomerParameters,
): Partial<Record<ScoreSurvey, Bounds<Value>>> {
  const given = Object.entries(parameters).filter(
    ([name, value]) => name.startsWith(prefix) && value !== undefined,
  );
  return Object.fromEntries(given.map(([name, bounds]) => [name.slice(prefix.length), bounds]));
}
