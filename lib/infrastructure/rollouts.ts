import { Validations } from "aws-cdk-lib";
import {
  type ILambdaDeploymentConfig,
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from "aws-cdk-lib/aws-codedeploy";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import type { Functions } from "./functions.ts";
import type { Rollout, Settings } from "./settings.ts";

/** The aliases that take over step by step, and the alarms that stop them. */
export interface RolloutsProps {
  readonly functions: Functions;
  readonly alarms: Alarms;
  readonly settings: Settings;
}

/** They take 15 minutes or more, a whole period of the alarms that watch requests. */
const configurations: Readonly<Record<Rollout, ILambdaDeploymentConfig | undefined>> = {
  "all-at-once": undefined,
  canary: LambdaDeploymentConfig.CANARY_10PERCENT_15MINUTES,
  linear: LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_2MINUTES,
};

/**
 * Where the setting asks for it: a new version of a function that answers requests gets a part of them first, and goes
 * back by itself when an alarm of the requests rings. Background functions change at once: their queues try again.
 */
export class Rollouts extends Construct {
  constructor(scope: Construct, id: string, { functions, alarms, settings }: RolloutsProps) {
    super(scope, id);
    const deploymentConfig = configurations[settings.rollout];
    if (!deploymentConfig) return;
    const application = new LambdaApplication(this, "Application");
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("codedeploy.amazonaws.com") });
    Validations.of(role).acknowledge({
      id: "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]",
      reason: "AWS's own policy for CodeDeploy on Lambda, which CodeDeploy documents as the one to use.",
    });
    for (const { name, alias } of functions.http) {
      if (!alias) continue;
      new LambdaDeploymentGroup(this, name, {
        application,
        role,
        alias,
        deploymentConfig,
        alarms: [...alarms.ofRequests],
        autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
      });
    }
  }
}
