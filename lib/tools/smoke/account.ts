import { CloudWatchClient, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import { InvokeCommand, LambdaClient, paginateListFunctions } from "@aws-sdk/client-lambda";
import { widgetFunction } from "../../schedules.ts";

/** AWS itself, called with the credentials of whoever runs the smoke test. */
export interface Account {
  /** Draws the widget as CloudWatch does. Returns its markup. */
  drawWidget(parameters: object): Promise<string>;
  /** The stack's alarms with their states; `undefined` where they cannot be asked for. */
  alarms(): Promise<readonly { readonly name: string; readonly state: string }[] | undefined>;
}

/**
 * The account in which a stack is deployed.
 * @param stack the stack's name, with which its alarms and functions begin
 */
export function awsAccount(stack: string): Account {
  const lambda = new LambdaClient({});
  const cloudWatch = new CloudWatchClient({});
  return {
    async drawWidget(parameters) {
      const FunctionName = await widgetFunctionOf(lambda, stack);
      const Payload = new TextEncoder().encode(JSON.stringify(parameters));
      const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload }));
      const text = new TextDecoder().decode(answer.Payload);
      if (answer.FunctionError !== undefined) throw new Error(`the widget failed: ${text.slice(0, 200)}`);
      return String(JSON.parse(text));
    },
    async alarms() {
      const found: { name: string; state: string }[] = [];
      for await (const page of paginateDescribeAlarms(
        { client: cloudWatch },
        { AlarmNamePrefix: `${stack}-` },
      )) {
        for (const { AlarmName = "", StateValue = "" } of [
          ...(page.MetricAlarms ?? []),
          ...(page.CompositeAlarms ?? []),
        ]) {
          found.push({ name: AlarmName, state: StateValue });
        }
      }
      return found;
    },
  };
}

/** @throws Error when the stack has no such function */
async function widgetFunctionOf(client: LambdaClient, stack: string): Promise<string> {
  const part = widgetFunction.replaceAll("-", "").toLowerCase();
  for await (const page of paginateListFunctions({ client }, {})) {
    for (const { FunctionName = "" } of page.Functions ?? []) {
      if (FunctionName.startsWith(`${stack}-`) && FunctionName.toLowerCase().includes(part))
        return FunctionName;
    }
  }
  throw new Error(
    `the stack ${stack} has no function ${widgetFunction}: is this the right account and region?`,
  );
}
