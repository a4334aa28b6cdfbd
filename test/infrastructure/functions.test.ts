import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { functionsDirectory } from "../../lib/infrastructure/bundle.ts";
import { constructId } from "../../lib/infrastructure/names.ts";
import { formFunction, pageFunction } from "../../lib/page-routes.ts";
import { type FunctionNeeds, httpFunctions, routes } from "../../lib/routes.ts";
import { backgroundFunctions, queues } from "../../lib/schedules.ts";
import { lambdaFunction, oneOrMore, reference, statement, synthesize, text } from "./synthesized.ts";

const template = synthesize();
const functions = template.all("AWS::Lambda::Function", lambdaFunction);
const logGroups = template.all("AWS::Logs::LogGroup", z.looseObject({ RetentionInDays: z.number() }));
const policies = template.all(
  "AWS::IAM::Policy",
  z.looseObject({
    PolicyDocument: z.looseObject({ Statement: oneOrMore(statement) }),
    Roles: z.array(reference),
  }),
);
const roles = template.all("AWS::IAM::Role", z.looseObject({}));

const rows: readonly (readonly [string, FunctionNeeds])[] = [
  ...Object.entries(httpFunctions),
  ...backgroundFunctions,
];

const bucket = only(template.all("AWS::S3::Bucket", z.looseObject({}))).id;
const topic = only(template.all("AWS::SNS::Topic", z.looseObject({}))).id;
const table = only(template.all("AWS::DynamoDB::GlobalTable", z.looseObject({}))).id;

function only<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error(`Expected one, got ${items.length}`);
  return item;
}

function functionOf(name: string) {
  return only(functions.filter(({ id }) => id.startsWith(`Functions${constructId(name)}Function`)));
}

function queueId(name: string): string {
  const ids = template.all("AWS::SQS::Queue", z.looseObject({})).map(({ id }) => id);
  return only(ids.filter((id) => new RegExp(`^Queues${constructId(name)}[0-9A-F]{8}$`).test(id)));
}

/** What a function's role may do, as lines of `action resource`, sorted. */
function permissionsOf(name: string): string[] {
  const role = functionOf(name).properties.Role;
  const lines = policies
    .filter(({ properties }) => properties.Roles.some(({ id }) => `\${${id}.Arn}` === role))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement)
    .flatMap(({ Action, Resource, Condition }) => {
      const limit = Condition === undefined ? "" : ` if ${JSON.stringify(Condition)}`;
      return Action.flatMap((action) => Resource.map((target) => `${action} ${target}${limit}`));
    });
  return lines.sort();
}

/** Whether a function answers requests that need a key, which it counts. */
function takesKeys(name: string): boolean {
  return (
    name === pageFunction ||
    name === formFunction ||
    routes.some((route) => route.function === name && route.scope !== "public")
  );
}

/** A list is of the bucket, everything else of the files of facts and snapshots, and of the copies of months. */
function filePermissions(action: string): string[] {
  if (action === "ListBucket") return [`s3:ListBucket \${${bucket}.Arn}`];
  return ["facts", "snapshots", "months"].map((prefix) => `s3:${action} \${${bucket}.Arn}/${prefix}/*`);
}

/** What its row in the tables says that it may do. */
function neededBy(name: string, needs: FunctionNeeds): string[] {
  const log = functionOf(name).properties.LoggingConfig.LogGroup.id;
  const consumed = queues.filter((queue) => queue.function === name).map((queue) => queueId(queue.name));
  const consuming = [
    "ReceiveMessage",
    "DeleteMessage",
    "ChangeMessageVisibility",
    "GetQueueAttributes",
    "GetQueueUrl",
  ];
  const counting = `dynamodb:UpdateItem \${${table}.Arn} if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["L#*"]}}`;
  const sessions = ["PutItem", "DeleteItem"].map(
    (action) =>
      `dynamodb:${action} \${${table}.Arn} if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["B#*"]}}`,
  );
  const putting =
    // biome-ignore lint/suspicious/noTemplateCurlyInString: so the template has its pseudo parameters
    "events:PutEvents arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default";
  return [
    ...(takesKeys(name) ? [counting] : []),
    ...(needs.keepsSessions ? sessions : []),
    `logs:CreateLogStream \${${log}.Arn}`,
    `logs:PutLogEvents \${${log}.Arn}`,
    ...needs.table.map((action) => `dynamodb:${action} \${${table}.Arn}`),
    ...(needs.indexes ?? []).map((index) => `dynamodb:Query \${${table}.Arn}/index/${index}`),
    ...(needs.files ?? []).flatMap(filePermissions),
    ...(needs.putsEvents ? [putting] : []),
    ...(needs.tellsTopic ? [`sns:Publish \${${topic}}`] : []),
    ...(needs.sendsTo ?? []).map((queue) => `sqs:SendMessage \${${queueId(queue)}.Arn}`),
    ...queues
      .filter((queue) => queue.function === name)
      .map((queue) => `sqs:SendMessage \${${queueId(`${queue.name}-dead-letters`)}.Arn}`),
    ...consumed.flatMap((queue) => consuming.map((action) => `sqs:${action} \${${queue}.Arn}`)),
  ].sort();
}

it("every row has one function and every function a row", () => {
  expect(functions).toHaveLength(rows.length);
});

it("every row has its file in functions/ and every file a row", () => {
  const missing = rows
    .map(([name]) => name)
    .filter((name) => !existsSync(join(functionsDirectory, `${name}.ts`)));
  const files = readdirSync(functionsDirectory, { withFileTypes: true }).filter((entry) => entry.isFile());
  const names = new Set(rows.map(([name]) => `${name}.ts`));
  expect(missing).toEqual([]);
  expect(files.map(({ name }) => name).filter((name) => !names.has(name))).toEqual([]);
});

describe.each(rows)("%s", (name, needs) => {
  const { properties } = functionOf(name);

  it("runs on Node 24 on arm64 with the description, memory and time of its row", () => {
    expect(properties).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
      Description: needs.description,
      MemorySize: needs.memoryMegabytes,
      Timeout: needs.timeoutSeconds,
    });
  });

  it("may do what its row says and nothing else", () => {
    expect(permissionsOf(name)).toEqual(neededBy(name, needs));
  });

  it("shares its role and its log group with no other function", () => {
    const { Role, LoggingConfig } = properties;
    const sharing = functions.filter(
      (other) =>
        other.properties.Role === Role ||
        other.properties.LoggingConfig.LogGroup.id === LoggingConfig.LogGroup.id,
    );
    expect(sharing).toHaveLength(1);
  });

  it("writes a JSON log that lets published values through", () => {
    expect(properties.LoggingConfig).toMatchObject({ LogFormat: "JSON", ApplicationLogLevel: "INFO" });
  });

  it("knows the table, the limit of a key where it takes keys, and the queues that it sends to", () => {
    const variables = properties.Environment.Variables;
    expect(variables["TABLE_NAME"]).toBe(`\${${table}}`);
    expect(variables["ARCHIVE_BUCKET"]).toBe(needs.files && `\${${bucket}}`);
    expect(variables["KEY_REQUESTS_PER_SECOND"]).toBe(takesKeys(name) ? "500" : undefined);
    for (const queue of queues) {
      const sends = needs.sendsTo?.includes(queue.name);
      expect(variables[queue.urlVariable]).toBe(sends ? `\${${queueId(queue.name)}}` : undefined);
    }
    const consumed = queues.find((queue) => queue.function === name);
    expect(variables["DEAD_LETTERS_QUEUE_URL"]).toBe(
      consumed && `\${${queueId(`${consumed.name}-dead-letters`)}}`,
    );
    expect(variables["DELIVERIES"]).toBe(consumed && String(consumed.maxReceiveCount));
  });
});

it("log groups are kept for a month and go with the stack", () => {
  expect(logGroups.length).toBeGreaterThan(functions.length);
  for (const { properties, deletionPolicy } of logGroups) {
    expect(properties.RetentionInDays).toBe(30);
    expect(deletionPolicy).toBe("Delete");
  }
});

const isFiles = (resource: string) => resource.startsWith(`\${${bucket}.Arn}/`);

it("no role has a wildcard but for the files of the archive, a managed policy or permissions of its own", () => {
  for (const { properties } of policies) {
    for (const { Action, Resource } of properties.PolicyDocument.Statement) {
      expect([...Action, ...Resource].filter((entry) => entry.includes("*") && !isFiles(entry))).toEqual([]);
    }
  }
  for (const { properties } of roles) {
    expect(properties).not.toHaveProperty("ManagedPolicyArns");
    expect(properties).not.toHaveProperty("Policies");
  }
});

it("a function that continues itself through its queue is not stopped as a loop, and no other may loop", () => {
  const loops = queues
    .filter(({ name, needs }) => needs.sendsTo?.includes(name))
    .map((queue) => functionOf(queue.function).id);
  const allowed = functions
    .filter(({ properties }) => properties.RecursiveLoop === "Allow")
    .map(({ id }) => id);
  expect(allowed).toEqual(loops);
});

it("may be invoked only by the API and its authorizer", () => {
  const permissions = template.all(
    "AWS::Lambda::Permission",
    z.looseObject({ Principal: z.string(), SourceArn: text }),
  );
  expect(new Set(permissions.map(({ properties }) => properties.Principal))).toEqual(
    new Set(["apigateway.amazonaws.com"]),
  );
});
