import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { metrics } from "../metrics/registry.ts";
import { schedules, widgetFunction } from "../schedules.ts";
import { Alarms } from "./alarms.ts";
import { Api } from "./api.ts";
import { ExperienceDashboard } from "./experience-dashboard.ts";
import { Functions } from "./functions.ts";
import { Jobs } from "./jobs.ts";
import { constructId } from "./names.ts";
import { OperationsDashboard } from "./operations-dashboard.ts";
import { JobQueues } from "./queues.ts";
import { readSettings } from "./settings.ts";
import { FactsTable, restoredTable, type UsedTable } from "./table.ts";

/** Everything that is deployed, made from the route table, the schedule table, the key schema and the registry. */
export class CxMetricsStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const settings = readSettings(this.node);
    const ownTable = new FactsTable(this, "Table");
    const table: UsedTable = settings.tableName ? restoredTable(this, settings.tableName) : ownTable;
    const queues = new JobQueues(this, "Queues");
    const functions = new Functions(this, "Functions", { table, queues, settings });
    const api = new Api(this, "Api", { functions, settings });
    const jobs = new Jobs(this, "Jobs", { functions, queues });
    const alarms = new Alarms(this, "Alarms", { api, functions, jobs, queues, table, settings });
    const experience = new ExperienceDashboard(this, "ExperienceDashboard", {
      ...{ metrics, api, settings },
      widget: functions.named(widgetFunction),
    });
    const operations = new OperationsDashboard(this, "OperationsDashboard", {
      alarms,
      api,
      functions,
      jobs,
      queues,
      table,
    });

    this.#addOutput("ApiUrl", api.api.apiEndpoint, "Where the API answers: add /v1/health");
    this.#addOutput("TableName", table.tableName, "The table that holds everything");
    this.#addOutput(
      "ExperienceDashboardUrl",
      this.#dashboardUrl(experience.dashboardName),
      "The customer-experience dashboard",
    );
    this.#addOutput(
      "OperationsDashboardUrl",
      this.#dashboardUrl(operations.dashboardName),
      "The operations dashboard",
    );
    this.#addOutput("AlarmTopicArn", alarms.topic.topicArn, "The topic that alarms are sent to");
    this.#addRunbookOutputs(functions, jobs, queues);
  }

  /** What the commands of the runbook name: the functions of the schedules, and the dead-letter queues. */
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
    new CfnOutput(this, name, { value, description });
  }

  #dashboardUrl(dashboardName: string): string {
    return `https://${this.region}.console.aws.amazon.com/cloudwatch/home?region=${this.region}#dashboards/dashboard/${dashboardName}`;
  }
}
