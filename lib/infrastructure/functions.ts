import { Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { filePrefixes } from "../domain/archive/paths.ts";
import { formFunction, pageFunction } from "../page-routes.ts";
import { type FunctionNeeds, httpFunctions, routes } from "../routes.ts";
import { backgroundFunctions, queues as queueRows } from "../schedules.ts";
import { requestCountPrefix, sessionPrefix } from "../store/table/keys.ts";
import type { ArchiveBucket } from "./archive.ts";
import { bundleFunctions } from "./bundle.ts";
import { countFailedRuns } from "./failures.ts";
import { Handler } from "./function.ts";
import { constructId } from "./names.ts";
import type { JobQueue, JobQueues } from "./queues.ts";
import type { Settings } from "./settings.ts";
import type { UsedTable } from "./table.ts";

export interface FunctionsProps {
  readonly table: UsedTable;
  readonly archive: ArchiveBucket;
  readonly queues: JobQueues;
  readonly topic: ITopic;
  readonly settings: Settings;
}

/** Every function that the route and schedule tables name, with the permissions of its row and no others. */
export class Functions extends Construct {
  /** Those that answer HTTP requests. */
  readonly http: readonly Handler[];
  /** Those that schedules, queues and dashboards start. */
  readonly jobs: readonly Handler[];

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id);
    const http = Object.entries(httpFunctions);
    if (Stack.of(this).bundlingRequired) {
      bundleFunctions([...http, ...backgroundFunctions].map(([name]) => name));
    }
    this.http = http.map(([name, needs]) => this.#add(name, needs, props));
    this.jobs = backgroundFunctions.map(([name, needs]) => this.#add(name, needs, props));
    for (const { log } of this.jobs) countFailedRuns(log, log);
  }

  /** All functions. */
  get all(): readonly Handler[] {
    return [...this.http, ...this.jobs];
  }

  /**
   * The function of a name.
   * @throws Error where no table has a row for it
   */
  named(name: string): Handler {
    const handler = this.all.find((candidate) => candidate.name === name);
    if (!handler) throw new Error(`No row in lib/routes.ts or lib/schedules.ts says what ${name} needs`);
    return handler;
  }

  /** Tells those that say where the pages are. */
  linkTo(address: string): void {
    for (const [name, { linksToPages }] of backgroundFunctions) {
      if (linksToPages) this.named(name).function.addEnvironment("PAGES_ADDRESS", address);
    }
  }

  #add(name: string, needs: FunctionNeeds, props: FunctionsProps): Handler {
    const { table, archive, queues, topic, settings } = props;
    const countsRequests =
      name === pageFunction ||
      name === formFunction ||
      routes.some((route) => route.function === name && route.scope !== "public");
    const consumed = queues.all.find(({ row }) => row.function === name);
    const handler = new Handler(this, constructId(name), {
      name,
      description: needs.description,
      timeoutSeconds: needs.timeoutSeconds,
      memoryMegabytes: needs.memoryMegabytes,
      environment: {
        TABLE_NAME: table.tableName,
        ...(countsRequests ? { KEY_REQUESTS_PER_SECOND: String(settings.keyRate) } : {}),
        ...(needs.files ? { ARCHIVE_BUCKET: archive.bucketName } : {}),
        ...(needs.tellsTopic ? { ALARM_TOPIC_ARN: topic.topicArn } : {}),
        ...queues.urlsOf(needs.sendsTo),
        ...(consumed ? variablesOfConsumer(consumed) : {}),
      },
      permissions: [
        ...permissionsOf(needs, table, queues),
        ...permissionsOnFiles(needs, archive),
        ...(consumed ? [permissionToUseDeadLetterQueue(consumed)] : []),
        ...(countsRequests ? [permissionToCount(table)] : []),
        ...(needs.putsEvents ? [permissionToPutEvents(Stack.of(this))] : []),
        ...(needs.tellsTopic ? [permissionToTell(topic)] : []),
      ],
      hasAlias: settings.rollout !== "all-at-once" && name in httpFunctions,
      continuesItself: queueRows.some((row) => row.function === name && needs.sendsTo?.includes(row.name)),
    });
    if (needs.files) archive.acknowledgeObjects(handler);
    return handler;
  }
}

function permissionsOf(needs: FunctionNeeds, table: UsedTable, queues: JobQueues): PolicyStatement[] {
  const statements: PolicyStatement[] = [];
  if (needs.table.length > 0) {
    statements.push(
      new PolicyStatement({
        sid: "UseTable",
        actions: needs.table.map((action) => `dynamodb:${action}`),
        resources: [table.tableArn],
      }),
    );
  }
  if (needs.indexes) {
    statements.push(
      new PolicyStatement({
        sid: "QueryIndexes",
        actions: ["dynamodb:Query"],
        resources: needs.indexes.map((index) => table.indexArn(index)),
      }),
    );
  }
  if (needs.keepsSessions) statements.push(permissionToKeepSessions(table));
  if (needs.sendsTo) {
    statements.push(
      new PolicyStatement({
        sid: "SendJobs",
        actions: ["sqs:SendMessage"],
        resources: needs.sendsTo.map((queue) => queues.named(queue).queue.queueArn),
      }),
    );
  }
  return statements;
}

/** On the default event bus: whoever reads events there has rules of their own. */
function permissionToPutEvents(stack: Stack): PolicyStatement {
  return new PolicyStatement({
    sid: "PutEvents",
    actions: ["events:PutEvents"],
    resources: [stack.formatArn({ service: "events", resource: "event-bus", resourceName: "default" })],
  });
}

/** On the alarm topic and no other. */
function permissionToTell({ topicArn }: ITopic): PolicyStatement {
  return new PolicyStatement({ sid: "TellTopic", actions: ["sns:Publish"], resources: [topicArn] });
}

/** On the files of facts and snapshots, and on the bucket itself for a list of them. */
function permissionsOnFiles({ files = [] }: FunctionNeeds, archive: ArchiveBucket): PolicyStatement[] {
  const onObjects = files.filter((action) => action !== "ListBucket");
  const list = { sid: "ListFiles", actions: ["s3:ListBucket"], resources: [archive.bucketArn] };
  const use = {
    sid: "UseFiles",
    actions: onObjects.map((action) => `s3:${action}`),
    resources: filePrefixes.map((prefix) => archive.arnForObjects(`${prefix}*`)),
  };
  return [
    ...(files.includes("ListBucket") ? [new PolicyStatement(list)] : []),
    ...(onObjects.length > 0 ? [new PolicyStatement(use)] : []),
  ];
}

/** Where a queue's consumer puts what it gives up, and after how many deliveries. */
function variablesOfConsumer({ row, deadLetters }: JobQueue): Readonly<Record<string, string>> {
  return { DEAD_LETTERS_QUEUE_URL: deadLetters.queueUrl, DELIVERIES: String(row.maxReceiveCount) };
}

function permissionToUseDeadLetterQueue({ deadLetters }: JobQueue): PolicyStatement {
  return new PolicyStatement({
    sid: "PutAside",
    actions: ["sqs:SendMessage"],
    resources: [deadLetters.queueArn],
  });
}

/** Allows counting the requests of keys, in items that hold nothing else. */
function permissionToCount(table: UsedTable): PolicyStatement {
  return new PolicyStatement({
    sid: "CountRequests",
    actions: ["dynamodb:UpdateItem"],
    resources: [table.tableArn],
    conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${requestCountPrefix}*`] } },
  });
}

/** Allows writing sessions, and no other items. */
function permissionToKeepSessions(table: UsedTable): PolicyStatement {
  return new PolicyStatement({
    sid: "KeepSessions",
    actions: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
    resources: [table.tableArn],
    conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${sessionPrefix}*`] } },
  });
}
