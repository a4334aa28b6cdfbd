import { describe, expect, it } from "vitest";
import type { ServiceCall } from "../../../../lib/tools/local-cloud/aws/interception.ts";
import {
  isGranted,
  neededPermissions,
  refusalOfCaller,
} from "../../../../lib/tools/local-cloud/aws/permissions.ts";
import type { TemplateResource } from "../../../../lib/tools/local-cloud/template/assembly.ts";
import { readBlueprint } from "../../../../lib/tools/local-cloud/template/blueprint.ts";
import type { PolicyStatement } from "../../../../lib/tools/local-cloud/template/role-blueprint.ts";
import type { TableBlueprint } from "../../../../lib/tools/local-cloud/template/table-blueprint.ts";

const table = "arn:aws:dynamodb:us-east-1:000000000000:table/facts";
const tables: readonly TableBlueprint[] = [
  {
    name: "facts",
    schema: {
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      AttributeDefinitions: [],
      GlobalSecondaryIndexes: [],
    },
    timeToLive: undefined,
  },
];
const queue = "arn:aws:sqs:us-east-1:000000000000:jobs";

function call(action: string, request: object, service: ServiceCall["service"] = "dynamodb"): ServiceCall {
  const text = () => JSON.stringify(request);
  return { service, action, functionName: "work", text, json: () => JSON.parse(text()) };
}

describe("a call needs", () => {
  it.each<[string, ServiceCall, string[]]>([
    ["an action on its table", call("GetItem", { TableName: "facts" }), [`dynamodb:GetItem ${table}`]],
    [
      "an action on its index",
      call("Query", { TableName: "facts", IndexName: "timeline" }),
      [`dynamodb:Query ${table}/index/timeline`],
    ],
    ["the same of a table named by its ARN", call("Scan", { TableName: table }), [`dynamodb:Scan ${table}`]],
    [
      "an action on each table of a batch",
      call("BatchGetItem", { RequestItems: { facts: {}, others: {} } }),
      [`dynamodb:BatchGetItem ${table}`, `dynamodb:BatchGetItem ${table.replace("facts", "others")}`],
    ],
    [
      "the actions of a transaction's entries, each once",
      call("TransactWriteItems", {
        TransactItems: [
          { Put: { TableName: "facts" } },
          { Put: { TableName: "facts" } },
          { ConditionCheck: { TableName: "facts" } },
        ],
      }),
      [`dynamodb:PutItem ${table}`, `dynamodb:ConditionCheckItem ${table}`],
    ],
    [
      "an action on anything where it names no table",
      call("ExecuteStatement", { Statement: "SELECT * FROM facts" }),
      ["dynamodb:ExecuteStatement *"],
    ],
    [
      "the permission to send for a batch of messages too",
      call("SendMessageBatch", { QueueUrl: "http://127.0.0.1:1/000000000000/jobs" }, "sqs"),
      [`sqs:SendMessage ${queue}`],
    ],
  ])("%s", (_name, one, needed) => {
    expect(neededPermissions(one, tables).map(({ action, resource }) => `${action} ${resource}`)).toEqual(
      needed,
    );
  });
});

function statement(
  actions: string[],
  resources: string[],
  effect: PolicyStatement["effect"] = "Allow",
): PolicyStatement {
  return { effect, actions, resources, leadingKeys: undefined };
}

describe("a permission", () => {
  const read = { action: "dynamodb:GetItem", resource: table };

  it.each<[boolean, PolicyStatement[]]>([
    [true, [statement(["dynamodb:GetItem"], [table])]],
    [true, [statement(["DynamoDB:getitem"], [table])]],
    [true, [statement(["dynamodb:Get*"], ["arn:aws:dynamodb:*:*:table/fact?"])]],
    [false, []],
    [false, [statement(["dynamodb:PutItem"], [table])]],
    [false, [statement(["dynamodb:GetItem"], [`${table}/index/timeline`])]],
    [false, [statement(["dynamodb:GetItem"], [`${table}.other`, table.replace("facts", "fact.")])]],
    [false, [statement(["dynamodb:*"], [table]), statement(["dynamodb:GetItem"], ["*"], "Deny")]],
  ])("is granted: %s, by %j", (granted, statements) => {
    expect(isGranted(statements, read)).toBe(granted);
  });

  it("on a table is none on its index", () => {
    const statements = [statement(["dynamodb:Query"], [table])];
    const query = (resource: string) => isGranted(statements, { action: "dynamodb:Query", resource });
    expect([query(table), query(`${table}/index/timeline`)]).toEqual([true, false]);
  });
});

it("a transaction is refused for one entry that is not granted, with AWS's error", () => {
  const caller = { name: "work", statements: [statement(["dynamodb:PutItem"], [table])] };
  const entries = (...kinds: string[]) =>
    call("TransactWriteItems", { TransactItems: kinds.map((kind) => ({ [kind]: { TableName: "facts" } })) });
  expect(refusalOfCaller(caller, entries("Put"), tables)).toBeUndefined();
  expect(refusalOfCaller(caller, entries("Put", "Delete"), tables)).toMatchObject({
    status: 400,
    body: { __type: expect.stringContaining("#AccessDeniedException") },
  });
});

describe("a permission for some partitions", () => {
  const limited = { ...statement(["dynamodb:*"], [table]), leadingKeys: ["L#*"] };
  const caller = { name: "work", statements: [limited] };
  const update = (pk: string) => ({ TableName: "facts", Key: { pk: { S: pk } } });
  const refused = (one: ServiceCall) => refusalOfCaller(caller, one, tables) !== undefined;

  it.each<[boolean, string, object]>([
    [false, "UpdateItem", update("L#shop")],
    [true, "UpdateItem", update("W#shop")],
    [true, "UpdateItem", update("W#L#shop\nL#")],
    [false, "PutItem", { TableName: "facts", Item: { pk: { S: "L#shop" } } }],
    [false, "TransactWriteItems", { TransactItems: [{ Update: update("L#a") }, { Update: update("L#b") }] }],
    [true, "TransactWriteItems", { TransactItems: [{ Update: update("L#a") }, { Update: update("W#b") }] }],
    [true, "Query", { TableName: "facts" }],
    [true, "BatchGetItem", { RequestItems: { facts: { Keys: [{ pk: { S: "L#a" } }] } } }],
  ])("is refused: %s, for %s %j", (expected, action, request) => {
    expect(refused(call(action, request))).toBe(expected);
  });
});

describe("what a template lets a function do", () => {
  function statementsOf(...resources: [id: string, type: string, properties: object][]) {
    const all: TemplateResource[] = [
      ["Api", "AWS::ApiGatewayV2::Api", {}] as const,
      ["Stage", "AWS::ApiGatewayV2::Stage", { StageName: "$default" }] as const,
      ["F", "AWS::Lambda::Function", { Code: {}, Role: { "Fn::GetAtt": ["R", "Arn"] } }] as const,
      ...resources,
    ].map(([logicalId, type, properties]) => {
      return { logicalId, type, properties: { ...properties }, path: undefined };
    });
    const assembly = { stackName: "App", resources: all, parameters: new Map(), assets: new Map() };
    return readBlueprint(assembly, { gateway: "http://127.0.0.1:1", api: "http://127.0.0.1:2" }).functions[0]
      ?.statements;
  }
  const grant = { Effect: "Allow", Action: "sqs:SendMessage", Resource: queue };
  const document = (...Statement: object[]) => ({ PolicyDocument: { Statement } });
  const own = { effect: "Allow", actions: ["sqs:SendMessage"], resources: [queue], leadingKeys: undefined };

  it("are its role's policies and those attached to it, and not those of another role", () => {
    const unknown = { ...grant, Resource: { "Fn::ImportValue": "elsewhere" } };
    expect(
      statementsOf(
        ["R", "AWS::IAM::Role", { Policies: [document(grant)] }],
        ["P", "AWS::IAM::Policy", { Roles: [{ Ref: "R" }], ...document(grant) }],
        ["Q", "AWS::IAM::Policy", { Roles: [{ Ref: "Other" }], ...document(unknown) }],
      ),
    ).toEqual([own, own]);
  });

  it("can be limited to some partitions", () => {
    const Condition = { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": "L#*" } };
    const role = ["R", "AWS::IAM::Role", { Policies: [document({ ...grant, Condition })] }] as const;
    expect(statementsOf([...role])).toEqual([{ ...own, leadingKeys: ["L#*"] }]);
  });

  it("is nothing where its role has no policy", () => {
    expect(
      statementsOf(["R", "AWS::IAM::Role", { ManagedPolicyArns: ["arn:aws:iam::aws:policy/x"] }]),
    ).toEqual([]);
  });

  it.each([{ Condition: { Bool: {} } }, { NotAction: "sqs:*" }])("is not guessed from %j", (more) => {
    const role = ["R", "AWS::IAM::Role", { Policies: [document({ ...grant, ...more })] }] as const;
    expect(() => statementsOf([...role])).toThrow("is not something the local cloud can run");
  });
});
