import * as z from "zod";
import { account, region } from "../template/names.ts";
import type { PolicyStatement } from "../template/role-blueprint.ts";
import type { ServiceAnswer, ServiceCall } from "./interception.ts";

/** Permissions as IAM asks for them: which ones a call needs, and whether the caller's role grants them. */

/** A function as the gateway knows it by the access key of its calls. */
export interface Caller {
  /** The function's short name. */
  readonly name: string;
  /** What its role may do. */
  readonly statements: readonly PolicyStatement[];
}

/** A permission. */
export interface Permission {
  /** For example `dynamodb:PutItem`. */
  readonly action: string;
  /** The ARN of a table, an index or a queue; `*` where the call names none. */
  readonly resource: string;
}

/** A permission that a function's call needed. */
export interface PermissionUse extends Permission {
  /** The function's short name. */
  readonly functionName: string;
  readonly granted: boolean;
}

/** Hears of each permission that a function's call needs, granted or not. */
export type PermissionListener = (use: PermissionUse) => void;

const named = z.looseObject({ TableName: z.string().optional(), IndexName: z.string().optional() });
const batch = z.looseObject({ RequestItems: z.record(z.string(), z.unknown()) });
const transaction = z.looseObject({
  TransactItems: z.array(z.record(z.string(), z.looseObject({ TableName: z.string() }))),
});
const message = z.looseObject({ QueueUrl: z.string() });

/** IAM's action for each kind of entry in a transaction. */
const entryActions: Readonly<Record<string, string>> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
  Get: "GetItem",
};

/** The permissions that a call needs, each once: a transaction needs those of its entries. */
export function neededPermissions(call: ServiceCall): readonly Permission[] {
  const needed = call.service === "sqs" ? [queuePermission(call)] : tablePermissions(call);
  return [...new Map(needed.map((one) => [`${one.action} ${one.resource}`, one])).values()];
}

function queuePermission(call: ServiceCall): Permission {
  const parsed = message.safeParse(call.json());
  const name = parsed.success ? parsed.data.QueueUrl.split("/").at(-1) : undefined;
  // Sending a batch is the same permission as sending one message.
  const action = `sqs:${call.action.replace(/Batch$/, "")}`;
  return { action, resource: name === undefined ? "*" : `arn:aws:sqs:${region}:${account}:${name}` };
}

function tablePermissions(call: ServiceCall): Permission[] {
  const request = call.json();
  const entries = transaction.safeParse(request);
  if (entries.success) {
    return entries.data.TransactItems.flatMap((entry) =>
      Object.entries(entry).map(([kind, { TableName }]) => ({
        action: `dynamodb:${entryActions[kind] ?? kind}`,
        resource: tableArn(TableName),
      })),
    );
  }
  const action = `dynamodb:${call.action}`;
  const items = batch.safeParse(request);
  if (items.success) {
    return Object.keys(items.data.RequestItems).map((name) => ({ action, resource: tableArn(name) }));
  }
  const { TableName, IndexName } = named.safeParse(request).data ?? {};
  if (TableName === undefined) return [{ action, resource: "*" }];
  const resource = tableArn(TableName);
  return [{ action, resource: IndexName === undefined ? resource : `${resource}/index/${IndexName}` }];
}

/** Requests may name a table by its ARN as well. */
function tableArn(name: string): string {
  return name.startsWith("arn:") ? name : `arn:aws:dynamodb:${region}:${account}:table/${name}`;
}

/** Whether statements grant a permission: one has to allow it, and none may deny it. */
export function isGranted(statements: readonly PolicyStatement[], { action, resource }: Permission): boolean {
  const matching = statements.filter(
    ({ actions, resources }) =>
      actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
      resources.some((pattern) => matches(pattern, resource)),
  );
  return matching.length > 0 && matching.every(({ effect }) => effect === "Allow");
}

function matches(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(text);
}

/**
 * Checks a function's call as IAM does before the service hears of it.
 * @param listen hears of each permission that the call needs
 * @returns AWS's answer where the caller's role does not grant one of them; undefined when the call may go on
 */
export function refusalOfCaller(
  caller: Caller,
  call: ServiceCall,
  listen: PermissionListener = () => {},
): ServiceAnswer | undefined {
  const uses = neededPermissions(call).map((permission) => {
    const granted = isGranted(caller.statements, permission);
    return { ...permission, functionName: caller.name, granted };
  });
  for (const use of uses) listen(use);
  const refused = uses.find(({ granted }) => !granted);
  if (refused === undefined) return undefined;
  const { action, resource } = refused;
  const message = `${caller.name} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  return { status: 400, body: { __type: "com.amazon.coral.service#AccessDeniedException", message } };
}
