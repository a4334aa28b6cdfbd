import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { Deployment } from "./deployment.ts";
import { readSettings } from "./settings.ts";

/** The stack of a deployment of its own. */
export class CxMetricsStack extends Stack {
  /** @throws Error where the context holds a value that a setting cannot have */
  constructor(scope: Construct, id: string, description: string) {
    const settings = readSettings(scope.node);
    const { terminationProtection, tags } = settings;
    super(scope, id, { description, terminationProtection, tags: { ...tags } });
    new Deployment(this, settings);
  }
}
