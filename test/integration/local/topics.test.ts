import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTopicCommand, PublishCommand, type PublishCommandInput, SNSClient } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Buckets } from "../../../lib/tools/local-cloud/aws/buckets.ts";
import { EventBus } from "../../../lib/tools/local-cloud/aws/event-bus.ts";
import { Gateway } from "../../../lib/tools/local-cloud/aws/gateway.ts";
import type { Intercept } from "../../../lib/tools/local-cloud/aws/interception.ts";
import type { PermissionUse } from "../../../lib/tools/local-cloud/aws/permissions.ts";
import { Queues } from "../../../lib/tools/local-cloud/aws/queues.ts";
import { Topics } from "../../../lib/tools/local-cloud/aws/topics.ts";

/** The local SNS, asked by the SDK as functions ask it. */

const TopicArn = "arn:aws:sns:us-east-1:000000000000:app-topic";
const folder = mkdtempSync(join(tmpdir(), "topics-"));
const file = join(folder, "messages.jsonl");
const topics = new Topics(file, [{ arn: TopicArn }]);
const gateway = new Gateway();
const uses: PermissionUse[] = [];
let intercept: Intercept | undefined;
let anyone: SNSClient;
let teller: SNSClient;
let stranger: SNSClient;

function clientOf(endpoint: string, accessKeyId: string): SNSClient {
  const credentials = { accessKeyId, secretAccessKey: "local", sessionToken: "local" };
  return new SNSClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
}

beforeAll(async () => {
  const endpoint = await gateway.listen();
  const mayTell = (resource: string) => {
    return {
      effect: "Allow",
      actions: ["sns:Publish"],
      resources: [resource],
      leadingKeys: undefined,
    } as const;
  };
  gateway.connect("http://127.0.0.1:1", {
    callers: new Map([
      ["local-teller", { name: "teller", statements: [mayTell(TopicArn)] }],
      ["local-stranger", { name: "stranger", statements: [mayTell(`${TopicArn}-of-others`)] }],
    ]),
    tables: [],
    queues: new Queues([], () => {}),
    buckets: new Buckets(folder, []),
    eventBus: new EventBus(join(folder, "events.jsonl")),
    topics,
    intercept: (call) => intercept?.(call) ?? "pass",
    onPermission: (use) => uses.push(use),
  });
  anyone = clientOf(endpoint, "anyone");
  teller = clientOf(endpoint, "local-teller");
  stranger = clientOf(endpoint, "local-stranger");
});

beforeEach(() => {
  intercept = undefined;
  uses.length = 0;
});

afterAll(async () => {
  for (const client of [anyone, teller, stranger]) client.destroy();
  await gateway.close();
  rmSync(folder, { recursive: true });
});

const publish = (client: SNSClient, fields: Partial<PublishCommandInput> = {}) =>
  client.send(new PublishCommand({ TopicArn, Message: "told", ...fields }));

const problem = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof Error ? error.name : undefined;
};

describe("a message", () => {
  it("is kept as it was published, in a file that one can read", async () => {
    const attribute = { DataType: "String", StringValue: "ä & b=c" };
    const fields = {
      Subject: "Zufriedenheit <größer>",
      Message: "Zeile\n& mehr +1 %",
      MessageAttributes: { type: attribute },
    };
    const { MessageId } = await publish(teller, fields);
    const message = {
      ...{ id: MessageId, topicArn: TopicArn, publishedAt: expect.any(String) },
      ...{ subject: fields.Subject, text: fields.Message, attributes: { type: "ä & b=c" } },
    };
    expect(topics.messages.at(-1)).toEqual(message);
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(JSON.parse(lines.at(-1) ?? "")).toEqual(message);
  });

  it.each([
    ["is of a topic that there is", { TopicArn: `${TopicArn}-2` }, "NotFoundException"],
    ["has a text", { Message: "" }, "InvalidParameterException"],
    ["has no line break in its subject", { Subject: "a\nb" }, "InvalidParameterException"],
    ["has a subject of less than 100 characters", { Subject: "x".repeat(100) }, "InvalidParameterException"],
    ["has at most 256 KB", { Message: "x".repeat(262_145) }, "InvalidParameterException"],
  ])("%s", async (_, fields, name) => {
    const before = topics.messages.length;
    expect(await problem(publish(anyone, fields))).toBe(name);
    expect(topics.messages).toHaveLength(before);
  });
});

it("only who may publish to just this topic does", async () => {
  const before = topics.messages.length;
  expect(await problem(publish(stranger))).toBe("AuthorizationErrorException");
  expect(topics.messages).toHaveLength(before);
  await publish(teller);
  expect(uses).toEqual([
    { functionName: "stranger", granted: false, action: "sns:Publish", resource: TopicArn },
    { functionName: "teller", granted: true, action: "sns:Publish", resource: TopicArn },
  ]);
});

it("what is not emulated is refused", async () => {
  expect(await problem(anyone.send(new CreateTopicCommand({ Name: "new" })))).toBe("InvalidAction");
});

it("calls can be dropped, answered and cut off", async () => {
  const before = topics.messages.length;
  intercept = () => "drop-request";
  await expect(publish(teller)).rejects.toThrow();
  intercept = () => ({ answer: { status: 400, body: { __type: "ThrottledException", message: "slow" } } });
  expect(await problem(publish(teller))).toBe("ThrottledException");
  expect(topics.messages).toHaveLength(before);
  intercept = () => "drop-answer";
  await expect(publish(teller)).rejects.toThrow();
  expect(topics.messages).toHaveLength(before + 1);
});
