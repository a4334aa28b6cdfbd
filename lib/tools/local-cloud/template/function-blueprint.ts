import * as z from "zod";
import type { TemplateResource } from "./assembly.ts";
import type { ReadingContext } from "./reading-context.ts";
import { type PolicyStatement, readStatements } from "./role-blueprint.ts";

/** A Lambda function. */
export interface FunctionBlueprint {
  readonly name: string;
  readonly physicalName: string;
  readonly arn: string;
  /** Folder of the bundle; undefined where the template's code is not a file asset. */
  readonly codeDirectory: string | undefined;
  /** Module and export of the handler, for example `index.handler`. */
  readonly handler: string;
  readonly runtime: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** The template's environment variables, resolved. */
  readonly environment: Readonly<Record<string, string>>;
  /** The permissions of its role. */
  readonly statements: readonly PolicyStatement[];
}

const schema = z.object({
  Code: z.looseObject({ S3Key: z.string().optional() }),
  Handler: z.string().default("index.handler"),
  Runtime: z.string().default(""),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  Role: z.string().optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
});

/** Reads an `AWS::Lambda::Function`. */
export function readFunction(resource: TemplateResource, context: ReadingContext): FunctionBlueprint {
  const properties = context.properties(resource, schema);
  const { names, assembly } = context;
  const key = properties.Code.S3Key;
  return {
    name: names.short(resource),
    physicalName: names.physical(resource),
    arn: names.arn(resource),
    codeDirectory: key === undefined ? undefined : assembly.assets.get(key),
    handler: properties.Handler,
    runtime: properties.Runtime,
    timeoutSeconds: properties.Timeout,
    memoryMegabytes: properties.MemorySize,
    environment: properties.Environment?.Variables ?? {},
    statements: readStatements(properties.Role, context),
  };
}

/**
 * The ARN of the function that an integration, an authorizer or a schedule points at: the ARN itself or API
 * Gateway's path form around it, without version or alias.
 * @returns undefined when the target is not a Lambda function
 */
export function functionArnIn(target: string): string | undefined {
  return /arn:aws:lambda:[\w-]+:\d+:function:[\w-]+/.exec(target)?.[0];
}
