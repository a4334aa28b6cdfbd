import * as z from "zod";
import { dayFromNumber } from "../../../calendar/days.ts";
import { textSchema } from "../../../facts/base.ts";
import { noValue } from "../../../store/records/dimensions.ts";
import { claimDays, isRunning, otherValue, type ValueList } from "../../../store/records/value-list.ts";
import {
  changeValueList,
  intents,
  leavingReasons,
  readValueList,
  roomOf,
  todayIn,
} from "../../../store/records/value-lists.ts";
import { StoreError } from "../../../store/table/errors.ts";
import type { Workspace } from "../../../workspace/settings.ts";
import type { Answer } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { parseBody, refuseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";

/** The values of a tracked dimension, and of the intents: which count by name, and what an administrator makes of them. */

const valueSchema = textSchema(100).refine(
  (value) => value !== otherValue && value !== noValue,
  `must not be ${otherValue} or ${noValue}`,
);

const valuesSchema = z.array(valueSchema).max(100, "must have at most 100 values").optional();

/** The body of `PATCH /v1/dimensions/{id}`. */
export const dimensionChangeSchema = z
  .strictObject({
    pin: valuesSchema.meta({
      description:
        "Values that count by name from now on and stay, also those that were removed or merged before",
      example: ["web"],
    }),
    remove: valuesSchema.meta({
      description: `Values that count as \`${otherValue}\`, with all that was counted under them`,
      example: ["xxx-1"],
    }),
    merge: z
      .array(
        z
          .strictObject({ from: valueSchema, into: valueSchema })
          .refine(({ from, into }) => from !== into, { path: ["into"], message: "must be another value" }),
      )
      .max(100, "must have at most 100 values")
      .optional()
      .meta({
        description: "Values that count as another one, with all that was counted under them",
        example: [{ from: "Web", into: "web" }],
      }),
  })
  .refine((change) => Object.keys(change).length > 0, "must pin, remove or merge something")
  .meta({ id: "DimensionChange" });

/** `GET /v1/dimensions/{id}`. */
export async function getDimension(request: HttpRequest): Promise<Answer> {
  refuseQuery(request.query);
  const { table, workspace } = request;
  const dimension = dimensionOf(request);
  return {
    status: 200,
    body: present(workspace, dimension, await readValueList(table, workspace, dimension)),
  };
}

/** `PATCH /v1/dimensions/{id}`: pins, merges and removes values. */
export async function changeDimension(request: HttpRequest): Promise<Answer> {
  const { table, workspace } = request;
  const dimension = dimensionOf(request);
  const change = parseBody(dimensionChangeSchema, request.body);
  const changed = await changeValueList(table, workspace, dimension, change).catch((error: unknown) => {
    if (error instanceof RangeError) throw new HttpProblem(409, error.message);
    throw error;
  });
  if (!changed) throw new StoreError("unavailable", "others kept changing the values");
  request.note({ dimension });
  return { status: 200, body: present(workspace, dimension, changed) };
}

/** @throws HttpProblem 404 when the workspace does not track it */
function dimensionOf({ workspace, parameters }: HttpRequest): string {
  const name = parameters["id"] ?? "";
  if (name === intents || name === leavingReasons || workspace.trackedDimensions.includes(name)) return name;
  throw new HttpProblem(404, "the workspace does not track this dimension");
}

function present(
  workspace: Workspace,
  dimension: string,
  list: ValueList,
): Readonly<Record<string, unknown>> {
  const today = todayIn(workspace);
  const since = Object.hasOwn(workspace.trackedSince, dimension) ? workspace.trackedSince[dimension] : null;
  const values = [
    ...[...list.named].map((value) => ({ value, status: "named", countsAs: value, until: null })),
    ...[...list.claims].map(([value, day]) => ({
      value,
      ...(isRunning(day, today)
        ? { status: "claimed", countsAs: value }
        : { status: "ended", countsAs: otherValue }),
      until: dayFromNumber(day + claimDays - 1),
    })),
    ...[...list.moved].map(([value, as]) => ({
      value,
      status: as === otherValue ? "removed" : "merged",
      countsAs: as,
      until: null,
    })),
  ];
  return {
    name: dimension,
    trackedSince: since ?? null,
    named: list.named.size,
    maxNamed: roomOf(dimension).named,
    values: values.sort((a, b) => (a.value < b.value ? -1 : 1)),
  };
}
