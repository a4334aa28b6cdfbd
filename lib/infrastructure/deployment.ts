import { CfnOutput, Stack } from "aws-cdk-lib";
import type { Dashboard } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { metrics } from "../domain/metrics/registry.ts";
import { schedules, widgetFunction } from "../schedules.ts";
import { Alarms } from "./alarms.ts";
import { Analytics } from "./analytics.ts";
import { Api } from "./api.ts";
import { ArchiveBucket } from "./archive.ts";
import { ExperienceDashboard } from "./experience-dashboard.ts";
import { Functions } from "./functions.ts";
import { Jobs } from "./jobs.ts";
import { constructId } from "./names.ts";
import { OperationsDashboard, type OperationsDashboardProps } from "./operations-dashboard.ts";
import { JobQueues } from "./queues.ts";
import { Rollouts } from "./rollouts.ts";
import type { DashboardName, Settings } from "./settings.ts";
import { FactsTable, restoredTable, type UsedTable } from "./table.ts";

/** Everything that is deployed, made from the route table, the schedule table, the key schema and the registry. */
export class Deployment {
  readonly api: Api;
  readonly table: UsedTable;
  readonly archive: ArchiveBucket;
  readonly alarms: Alarms;
  readonly #scope: Construct;

  /** @param scope a stack, or a construct in one */
  constructor(scope: Construct, settings: Settings) {
    this.#scope = scope;
    const ownTable = new FactsTable(scope, "Table");
    const table: UsedTable = settings.tableName ? restoredTable(scope, settings.tableName) : ownTable;
    const archive = new ArchiveBucket(scope, "Archive");
    const analytics = new Analytics(scope, "Analytics", archive);
    const queues = new JobQueues(scope, "Queues");
    const alarms = new Alarms(scope, "Alarms", settings);
    const { topic } = alarms;
    const functions = new Functions(scope, "Functions", { table, archive, queues, topic, settings });
    const api = new Api(scope, "Api", { functions, settings });
    functions.linkTo(api.url);
    const jobs = new Jobs(scope, "Jobs", { functions, queues });
    alarms.watch({ api, functions, jobs, queues, table });
    new Rollouts(scope, "Rollouts", { functions, alarms, settings });
    this.api = api;
    this.table = table;
    this.archive = archive;
    this.alarms = alarms;

    this.#addOutput("ApiUrl", api.url, "Where the API answers: add /v1/health");
    if (api.domainTarget !== undefined) {
      this.#addOutput("ApiDomainTarget", api.domainTarget, "What the API's own name has to lead to (CNAME)");
    }
    this.#addOutput("TableName", table.tableName, "The table that holds everything");
    this.#addOutput("ArchiveBucketName", archive.bucketName, "The bucket of the archive of closed days");
    const { policy } = analytics;
    this.#addOutput("AnalystPolicyArn", policy.managedPolicyArn, "The policy for those who ask the archive");
    this.#addOutput("AlarmTopicArn", alarms.topic.topicArn, "The topic that alarms are sent to");
    this.#addDashboards({ alarms, api, functions, jobs, queues, table, settings });
    this.#addRunbookOutputs(functions, jobs, queues);
  }

  #addDashboards(watched: OperationsDashboardProps): void {
    const { api, functions, settings } = watched;
    const constructs: Readonly<Record<DashboardName, () => Dashboard>> = {
      operations: () => new OperationsDashboard(this.#scope, "OperationsDashboard", watched),
      experience: () =>
        new ExperienceDashboard(this.#scope, "ExperienceDashboard", {
          ...{ metrics, api, settings },
          widget: functions.named(widgetFunction),
        }),
    };
    for (const name of settings.dashboards) {
      const { dashboardName } = constructs[name]();
      const url = this.#dashboardUrl(dashboardName);
      this.#addOutput(`${constructId(name)}DashboardUrl`, url, `The dashboard ${dashboardName}`);
    }
  }

  /** Outputs for the commands of the runbook: the functions of the schedules, and the dead-letter queues. */
  #addRunbookOutputs(functions: Functions, jobs: Jobs, queues: JobQueues): void {
    for (const { function: name } of schedules) {
      const { functionName } = functions.named(name).function;
      this.#addOutput(`${constructId(name)}Function`, functionName, `The function ${name}`);
    }
    const deadLetters = [
      ...queues.all.map(({ row, deadLetters: queue }) => ({ name: row.name, queue })),
      { name: "schedules", queue: jobs.scheduleDeadLetters },
    ];
    for (const { name, queue } of deadLetters) {
      this.#addOutput(
        `${constructId(name)}DeadLettersUrl`,
        queue.queueUrl,
        `The dead-letter queue of ${name}`,
      );
    }
  }

  #addOutput(name: string, value: string, description: string): void {
    new CfnOutput(this.#scope, name, { value, description });
  }

  #dashboardUrl(dashboardName: string): string {
    const { region } = Stack.of(this.#scope);
    return `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboardName}`;
  }
}
