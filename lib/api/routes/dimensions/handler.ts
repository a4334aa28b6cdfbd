import { dayFromNumber } from "../../../domain/calendar/days.ts";
import type { Workspace } from "../../../domain/workspace/settings.ts";
import { claimDays, isRunning, otherValue, type ValueList } from "../../../store/records/value-list.ts";
import {
  changeValueList,
  namedLists,
  readValueList,
  roomOf,
  todayIn,
} from "../../../store/records/value-lists.ts";
import { StoreError } from "../../../store/table/errors.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { parseBody, refuseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import type { dimensionSchema } from "./answers.ts";
import { dimensionChangeSchema } from "./query.ts";

/** The values of a tracked dimension, and of the intents: which count by name, and what an administrator makes of them. */

type DimensionAnswer = AnswerOf<typeof dimensionSchema>;

/** `GET /v1/dimensions/{id}`. */
export async function getDimension(request: HttpRequest): Promise<Answer<DimensionAnswer>> {
  refuseQuery(request.query);
  const { table, workspace } = request;
  const dimension = dimensionOf(request);
  return {
    status: 200,
    body: present(workspace, dimension, await readValueList(table, workspace, dimension)),
  };
}

/** `PATCH /v1/dimensions/{id}`: pins, merges and removes values. */
export async function changeDimension(request: HttpRequest): Promise<Answer<DimensionAnswer>> {
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
  if (namedLists.includes(name) || workspace.trackedDimensions.includes(name)) return name;
  throw new HttpProblem(404, "the workspace does not track this dimension");
}

function present(workspace: Workspace, dimension: string, list: ValueList): DimensionAnswer {
  const today = todayIn(workspace);
  const since = Object.hasOwn(workspace.trackedSince, dimension) ? workspace.trackedSince[dimension] : null;
  const values: DimensionAnswer["values"][number][] = [
    ...[...list.named].map((value) => ({ value, status: "named" as const, countsAs: value, until: null })),
    ...[...list.claims].map(([value, day]) => ({
      value,
      ...(isRunning(day, today)
        ? { status: "claimed" as const, countsAs: value }
        : { status: "ended" as const, countsAs: otherValue }),
      until: dayFromNumber(day + claimDays - 1),
    })),
    ...[...list.moved].map(([value, as]) => ({
      value,
      status: as === otherValue ? ("removed" as const) : ("merged" as const),
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
