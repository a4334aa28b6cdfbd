import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  type Alias,
  ApplicationLogLevel,
  Architecture,
  Code,
  type IFunction,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { namespace, service } from "../telemetry/names.ts";
import { bundleDirectory, bundledHandler, functionsDirectory } from "./bundle.ts";

/** The differences between one function and another. */
export interface HandlerProps {
  /** The function's file in `functions/`, without `.ts`. */
  readonly name: string;
  readonly description: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  /** All that it may do, besides writing its log. */
  readonly permissions: readonly PolicyStatement[];
  /** Whether it sends messages to the queue that starts it: else Lambda stops such a loop after 16 rounds. */
  readonly continuesItself: boolean;
  /** Whether callers get a published version by the alias `live`, so that a new one can take over step by step. */
  readonly hasAlias: boolean;
}

/**
 * One Lambda function with a role and a log group of its own. X-Ray is off: the SDK calls are not instrumented, so
 * that a trace would show nothing that the JSON log's `platform.report` does not, and its permissions cannot be
 * narrowed to resources.
 */
export class Handler extends Construct {
  readonly name: string;
  readonly function: LambdaFunction;
  /** Its alias `live`, where it has one. */
  readonly alias: Alias | undefined;
  readonly log: LogGroup;

  constructor(scope: Construct, id: string, props: HandlerProps) {
    super(scope, id);
    const stack = Stack.of(this);
    this.name = props.name;
    this.log = new LogGroup(this, "Log", {
      logGroupName: `/${stack.stackName}/${props.name}`,
      retention: RetentionDays.ONE_MONTH,
      // Logs hold nothing that is not elsewhere, and a kept log group would be in the way of the next deployment.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = this.#addRole(props);
    this.function = new LambdaFunction(this, "Function", {
      description: props.description,
      code: Code.fromAsset(stack.bundlingRequired ? bundleDirectory(props.name) : functionsDirectory),
      handler: bundledHandler,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(props.timeoutSeconds),
      memorySize: props.memoryMegabytes,
      role,
      environment: {
        ...props.environment,
        POWERTOOLS_SERVICE_NAME: service,
        POWERTOOLS_METRICS_NAMESPACE: namespace,
        POWERTOOLS_LOG_LEVEL: "INFO",
      },
      logGroup: this.log,
      loggingFormat: LoggingFormat.JSON,
      // Published values are log lines without a level, which Lambda takes for INFO: a higher level would drop them.
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.INFO,
      ...(props.continuesItself ? { recursiveLoop: RecursiveLoop.ALLOW } : {}),
    });
    this.alias = props.hasAlias ? this.function.addAlias("live") : undefined;
  }

  /** The alias that callers invoke, or the function itself. */
  get invoked(): IFunction {
    // An alias is one; the CDK only declares its optional `role` in other words.
    return (this.alias as IFunction | undefined) ?? this.function;
  }

  #addRole({ name, permissions }: HandlerProps): Role {
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `Role of ${name}`,
    });
    role.addToPolicy(
      new PolicyStatement({
        sid: "WriteLog",
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [this.log.logGroupArn],
      }),
    );
    for (const permission of permissions) role.addToPolicy(permission);
    return role;
  }
}
