import * as z from "zod";
import { account, region } from "../template/names.ts";
import type { PolicyStatement } from "../template/role-blueprint.ts";
import type { TableBlueprint } from "../template/table-blueprint.ts";
import type { ServiceAnswer, ServiceCall } from "./interception.ts";

/** Permissions as IAM asks for them: which ones a call needs, and whether the caller's role grants them. */

/** A function as the gateway knows it by the access key of its calls. */
export interface Caller {
  /** The function's short name. */
  readonly name: string;
  /** The permissions of its role. */
  readonly statements: readonly PolicyStatement[];
}

export interface Permission {
  /** For example `dynamodb:PutItem`. */
  readonly action: string;
  /** The ARN of a table, an index, a queue, a bucket, an object, a topic or an event bus; `*` where the call names none. */
  readonly resource: string;
  /** The partition keys of the items; undefined for calls of which the gateway does not know them. */
  readonly leadingKeys?: readonly string[] | undefined;
}

/** A permission that a function's call needed. */
export interface PermissionUse extends Permission {
  /** The function's short name. */
  readonly functionName: string;
  readonly granted: boolean;
}

/** Hears of each permission that a function's call needs, granted or not. */
export type PermissionListener = (use: PermissionUse) => void;

const attributes = z.record(z.string(), z.looseObject({ S: z.string().optional() })).optional();
const entry = z.looseObject({
  TableName: z.string(),
  IndexName: z.string().optional(),
  Key: attributes,
  Item: attributes,
});
const batch = z.looseObject({ RequestItems: z.record(z.string(), z.unknown()) });
const transaction = z.looseObject({ TransactItems: z.array(z.record(z.string(), entry)) });
const message = z.looseObject({ QueueUrl: z.string() });
const object = z.looseObject({ Bucket: z.string(), Key: z.string() });

/** IAM's action for each kind of entry in a transaction. */
const entryActions: Readonly<Record<string, string>> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
  Get: "GetItem",
};

/** The permissions that a call needs, each once: a transaction needs those of its entries. */
export function neededPermissions(
  call: ServiceCall,
  tables: readonly TableBlueprint[],
): readonly Permission[] {
  if (call.service === "sqs") return [queuePermission(call)];
  if (call.service === "s3") return [bucketPermission(call)];
  if (call.service === "sns") return [topicPermission(call)];
  if (call.service === "events") {
    const resource = `arn:aws:events:${region}:${account}:event-bus/default`;
    return [{ action: `events:${call.action}`, resource }];
  }
  const alike = Map.groupBy(
    tablePermissions(call, tables),
    ({ action, resource }) => `${action} ${resource}`,
  );
  return [...alike.values()].flatMap((some) => {
    const keys = some.flatMap(({ leadingKeys = [] }) => leadingKeys);
    const areKnown = some.every(({ leadingKeys }) => leadingKeys !== undefined);
    return some.slice(0, 1).map((one) => ({ ...one, leadingKeys: areKnown ? keys : undefined }));
  });
}

function queuePermission(call: ServiceCall): Permission {
  const parsed = message.safeParse(call.json());
  const name = parsed.success ? parsed.data.QueueUrl.split("/").at(-1) : undefined;
  // Sending a batch is the same permission as sending one message.
  const action = `sqs:${call.action.replace(/Batch$/, "")}`;
  return { action, resource: name === undefined ? "*" : `arn:aws:sqs:${region}:${account}:${name}` };
}

function topicPermission(call: ServiceCall): Permission {
  const { TopicArn } = z.looseObject({ TopicArn: z.string().default("*") }).parse(call.json());
  return { action: `sns:${call.action}`, resource: TopicArn };
}

/** Reading what is known of an object is the same permission as reading it; a list is one on the bucket. */
const bucketActions: Readonly<Record<string, string>> = {
  HeadObject: "GetObject",
  ListObjectsV2: "ListBucket",
};

function bucketPermission(call: ServiceCall): Permission {
  const { Bucket, Key } = object.parse(call.json());
  const action = `s3:${bucketActions[call.action] ?? call.action}`;
  return { action, resource: `arn:aws:s3:::${Bucket}${Key === "" ? "" : `/${Key}`}` };
}

function tablePermissions(call: ServiceCall, tables: readonly TableBlueprint[]): Permission[] {
  const request = call.json();
  const entries = transaction.safeParse(request);
  if (entries.success) {
    return entries.data.TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, one]) => entryPermission(entryActions[kind] ?? kind, one, tables)),
    );
  }
  const action = `dynamodb:${call.action}`;
  const items = batch.safeParse(request);
  if (items.success) {
    return Object.keys(items.data.RequestItems).map((name) => ({ action, resource: tableArn(name) }));
  }
  const one = entry.safeParse(request);
  return one.success ? [entryPermission(call.action, one.data, tables)] : [{ action, resource: "*" }];
}

function entryPermission(
  action: string,
  { TableName, IndexName, Key, Item }: z.output<typeof entry>,
  tables: readonly TableBlueprint[],
): Permission {
  const arn = tableArn(TableName);
  const keys = tables.find(({ name }) => tableArn(name) === arn)?.schema.KeySchema;
  const partitionKey = keys?.find(({ KeyType }) => KeyType === "HASH")?.AttributeName ?? "";
  const value = (Key ?? Item)?.[partitionKey]?.S;
  return {
    action: `dynamodb:${action}`,
    resource: IndexName === undefined ? arn : `${arn}/index/${IndexName}`,
    leadingKeys: value === undefined ? undefined : [value],
  };
}

/** Requests may name a table by its ARN as well. */
function tableArn(name: string): string {
  return name.startsWith("arn:") ? name : `arn:aws:dynamodb:${region}:${account}:table/${name}`;
}

/** Whether statements grant a permission: one has to allow it, and none may deny it. */
export function isGranted(
  statements: readonly PolicyStatement[],
  { action, resource, leadingKeys }: Permission,
): boolean {
  const matching = statements.filter(
    (statement) =>
      statement.actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
      statement.resources.some((pattern) => matches(pattern, resource)) &&
      isWithin(statement.leadingKeys, leadingKeys),
  );
  return matching.length > 0 && matching.every(({ effect }) => effect === "Allow");
}

/** Whether all partition keys are among those to which a statement is limited; what is not known is not. */
function isWithin(patterns: readonly string[] | undefined, keys: readonly string[] | undefined): boolean {
  if (patterns === undefined) return true;
  return keys?.every((key) => patterns.some((pattern) => matches(pattern, key))) === true;
}

function matches(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  const escaped = RegExp.escape(pattern).replaceAll("\\*", ".*").replaceAll("\\?", ".");
  return new RegExp(`^${escaped}$`, "s").test(text);
}

/**
 * Checks a function's call as IAM does before the service hears of it.
 * @param tables the tables, by whose keys statements can be limited
 * @param listen hears of each permission that the call needs
 * @returns AWS's answer where the caller's role does not grant one of them; undefined when the call may go on
 */
export function refusalOfCaller(
  caller: Caller,
  call: ServiceCall,
  tables: readonly TableBlueprint[],
  listen: PermissionListener = () => {},
): ServiceAnswer | undefined {
  const uses = neededPermissions(call, tables).map((permission) => {
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
