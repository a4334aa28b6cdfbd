import type { MiddlewareObj } from "@middy/core";
import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import type { Workspace } from "../../domain/workspace/settings.ts";
import type { Share } from "../../store/settings/shares.ts";
import type { FoundSource } from "../../store/settings/sources.ts";
import type { Table } from "../../store/table/client.ts";
import type { ReadAhead } from "../../store/table/read-ahead.ts";
import type { Deadline } from "../../store/table/retries.ts";
import type { RequestLog } from "../../telemetry/logger.ts";
import type { HttpEvent } from "./http-event.ts";
import type { Principal } from "./principal.ts";

/** The state of a request. Each middleware adds to it for those after it; its name is beside its fields. */
export interface RequestContext extends Context {
  /** `logRequest` */
  log: RequestLog;
  /** `authorise` */
  principal: Principal;
  /** `readSession`: what was opened without a key; absent where somebody has signed in. */
  share?: Share;
  /** `readSource`: whose address was called. */
  source?: FoundSource;
  /** `limitKey`: the table, and charging the key for what was read and written of it. */
  table: Table;
  charge?: () => void;
  /** `checkParameters` */
  parameters: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** `readWorkspace` */
  deadline: Deadline;
  workspace: Workspace;
  ahead: ReadAhead;
  /** `parseJson`: `undefined` where the method has no body. */
  body: unknown;
}

/** One concern of every request: before the handler, after it, or when something was thrown. */
export type Middleware = MiddlewareObj<HttpEvent, APIGatewayProxyStructuredResultV2, Error, RequestContext>;
