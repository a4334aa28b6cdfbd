import { readWorkspaceAnd, workspaceForRecording } from "../../store/settings/workspaces.ts";
import type { Key } from "../../store/table/keys.ts";
import { ReadAhead } from "../../store/table/read-ahead.ts";
import { deadlineIn } from "../../store/table/retries.ts";
import type { Middleware } from "./middleware.ts";
import { HttpProblem } from "./problem.ts";

/** A request before its workspace has been read. */
export interface KnownRequest {
  /** The workspace's id. */
  readonly workspace: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** Says which items a route is sure to need beside the workspace, so that they come in the same request. */
export type ReadAheadPlan = (request: KnownRequest) => Key[];

/** Milliseconds at the end of a function's time in which no new try begins. */
const reserveMilliseconds = 8_000;

/**
 * Reads the workspace of the key, with what the route is sure to need beside it.
 * @param plans by route key
 * @param isRecording whether a route, by its key, records facts: settings that were read a moment ago will do for it
 * @throws HttpProblem 401 when the workspace is gone
 * @throws StoreError `unavailable` when the table keeps throttling
 */
export function readWorkspace(
  plans: Readonly<Record<string, ReadAheadPlan>>,
  isRecording: (routeKey: string) => boolean = () => false,
): Middleware {
  return {
    before: async ({ event, context }) => {
      const { table, principal, parameters, query } = context;
      const deadline = deadlineIn(context.getRemainingTimeInMillis() - reserveMilliseconds);
      const read = async () => {
        if (isRecording(event.routeKey)) {
          const { timeEpoch } = event.requestContext;
          const workspace = await workspaceForRecording(table, principal.workspace, timeEpoch);
          return { workspace, ahead: new ReadAhead() };
        }
        const keys = plans[event.routeKey]?.({ workspace: principal.workspace, parameters, query }) ?? [];
        return readWorkspaceAnd(table, principal.workspace, keys, deadline);
      };
      const { workspace, ahead } = await read();
      if (!workspace) throw new HttpProblem(401, "the key belongs to a workspace that is gone");
      Object.assign(context, { deadline, workspace, ahead });
    },
  };
}
