import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

/** The settings of a deployment, as docs/deploying.md of cx-metrics lists them. */
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
export declare class CxMetrics extends Construct {
  /** Where the API answers. */
  readonly apiUrl: string;
  /** The table that holds everything. */
  readonly tableName: string;
  /** The archive of closed days. */
  readonly archive: IBucket;
  /** What alarms are sent to. */
  readonly alarmTopic: ITopic;
  constructor(scope: Construct, id: string, props?: CxMetricsProps);
}
