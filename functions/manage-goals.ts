import { withCsv } from "../lib/api/pipeline/csv.ts";
import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { getGoal, getGoals, putGoal, removeGoal } from "../lib/api/routes/goals/handler.ts";

/** `/v1/goals`: the goals of the workspace, and where they stand. */
export const handler = endpoint({
  "GET /v1/goals": withCsv(getGoals),
  "GET /v1/goals/{id}": getGoal,
  "PUT /v1/goals/{id}": putGoal,
  "DELETE /v1/goals/{id}": removeGoal,
});
