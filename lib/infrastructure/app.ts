import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import configuration from "../../cdk.json" with { type: "json" };
import { CxMetricsStack } from "./stack.ts";

/** How to synthesize. */
export interface AppOptions {
  /** Where the cloud assembly is written. Default: where the CDK's command line says, else `cdk.out`. */
  readonly outdir?: string;
  /** Context besides that of `cdk.json` and of the command line, which wins over both. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Whether synthesis also checks the template against CloudFormation's and AwsSolutions' rules. Default: yes. */
  readonly validate?: boolean;
}

/** The name of the deployed stack. */
export const stackName = "CxMetrics";

/** As the CDK's command line has it, so that the template is the same without it. */
const pathMetadata = { "aws:cdk:enable-path-metadata": true, "aws:cdk:enable-asset-metadata": true };

/**
 * The CDK app with its one stack, bound to no account or region. Calling `synth()` on it also validates the template,
 * and throws where it breaks a rule that nobody acknowledged.
 * @throws Error where the context holds a value that a setting cannot have, or where a function does not bundle
 */
export function createApp({ outdir, context, validate = true }: AppOptions = {}): {
  app: App;
  stack: CxMetricsStack;
} {
  const app = new App({
    outdir: outdir ?? process.env["CDK_OUTDIR"] ?? configuration.output,
    context: { ...pathMetadata, ...configuration.context },
    ...(context ? { postCliContext: { ...context } } : {}),
    analyticsReporting: false,
    builtinCloudFormationValidation: validate,
  });
  const description = "cx-metrics: customer-experience metrics from facts sent over HTTPS";
  const stack = new CxMetricsStack(app, stackName, description);
  if (validate) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, stack };
}
