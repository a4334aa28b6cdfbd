import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { Deployment } from "./deployment.ts";
import { readSettings } from "./settings.ts";

/** The settings of a deployment: those that `docs/deploying.md` lists, except what belongs to the stack (`tags`, `terminationProtection`). */
export interface CxMetricsProps {
  readonly dashboards?: "none" | "operations" | "experience" | "both";
  readonly dashboardWorkspace?: string;
  readonly dashboardGroupBy?: string;
  readonly dashboardGoals?: readonly string[];
  readonly tableName?: string;
  readonly alarmEmail?: string;
  readonly runbookUrl?: string;
  readonly throttleRate?: number;
  readonly throttleBurst?: number;
  readonly keyRate?: number;
  readonly domainName?: string;
  readonly certificateArn?: string;
  readonly rollout?: "all-at-once" | "canary" | "linear";
}

/** cx-metrics as a part of an app that exists already: one of them in a stack. */
export class CxMetrics extends Construct {
  /** Where the API answers. */
  readonly apiUrl: string;
  /** The table that holds everything: `npm run workspace` makes workspaces in it. */
  readonly tableName: string;
  /** The archive of closed days. */
  readonly archive: Bucket;
  /** What alarms are sent to. */
  readonly alarmTopic: ITopic;

  /** @throws Error where a setting has a value that it cannot have */
  constructor(scope: Construct, id: string, props: CxMetricsProps = {}) {
    super(scope, id);
    for (const [name, value] of Object.entries(props)) {
      const text = Array.isArray(value) ? value.join(",") || "none" : value;
      if (text !== undefined) this.node.setContext(name, text);
    }
    const { api, table, archive, alarms } = new Deployment(this, readSettings(this.node));
    this.apiUrl = api.url;
    this.tableName = table.tableName;
    this.archive = archive;
    this.alarmTopic = alarms.topic;
  }
}
