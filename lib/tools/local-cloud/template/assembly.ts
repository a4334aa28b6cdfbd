import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { LocalCloudError, messageOf } from "../errors.ts";

/** One resource of a CloudFormation template, its properties still with intrinsic functions. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** The construct's path in the CDK app (`Stack/Group/Name/Resource`), where the synthesis wrote it down. */
  readonly path: string | undefined;
}

/** The stack that the local cloud runs, as the synthesis left it on disk. */
export interface Assembly {
  readonly stackName: string;
  readonly resources: readonly TemplateResource[];
  /** Parameters that have a default. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Folders of file assets by their object key in the assets bucket (`<hash>.zip`). */
  readonly assets: ReadonlyMap<string, string>;
}

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      displayName: z.string().optional(),
      properties: z
        .looseObject({ templateFile: z.string().optional(), file: z.string().optional() })
        .optional(),
    }),
  ),
});

const templateSchema = z.object({
  Parameters: z.record(z.string(), z.looseObject({ Default: z.unknown().optional() })).default({}),
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      Metadata: z.looseObject({ "aws:cdk:path": z.string().optional() }).optional(),
    }),
  ),
});

const assetsSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.looseObject({ path: z.string().optional() }),
      destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
    }),
  ),
});

/**
 * Reads the cloud assembly of an app with one stack.
 * @param directory the folder that the synthesis wrote
 * @throws LocalCloudError when it is not such an assembly
 */
export function readAssembly(directory: string): Assembly {
  const manifest = read(directory, "manifest.json", manifestSchema);
  const stacks = Object.entries(manifest.artifacts).filter(
    ([, { type }]) => type === "aws:cloudformation:stack",
  );
  const [stack] = stacks;
  if (stack === undefined || stacks.length > 1) {
    throw new LocalCloudError(`The local cloud runs an app with one stack; this one has ${stacks.length}`);
  }
  const [stackName, artifact] = stack;
  const template = read(
    directory,
    artifact.properties?.templateFile ?? `${stackName}.template.json`,
    templateSchema,
  );
  const assets = new Map<string, string>();
  for (const { type, properties } of Object.values(manifest.artifacts)) {
    if (type === "cdk:asset-manifest" && properties?.file !== undefined)
      readAssets(directory, properties.file, assets);
  }
  const parameters = Object.entries(template.Parameters).flatMap(([name, { Default }]) =>
    Default === undefined ? [] : [[name, String(Default)] as const],
  );
  return {
    stackName,
    resources: Object.entries(template.Resources).map(([logicalId, { Type, Properties, Metadata }]) => ({
      logicalId,
      type: Type,
      properties: Properties,
      path: Metadata?.["aws:cdk:path"],
    })),
    parameters: new Map(parameters),
    assets,
  };
}

function readAssets(directory: string, file: string, into: Map<string, string>): void {
  for (const { source, destinations } of Object.values(read(directory, file, assetsSchema).files)) {
    if (source.path === undefined) continue;
    for (const { objectKey } of Object.values(destinations))
      into.set(objectKey, join(directory, source.path));
  }
}

function read<Schema extends z.ZodType>(directory: string, file: string, schema: Schema): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(readFileSync(join(directory, file), "utf8")));
  } catch (error) {
    throw new LocalCloudError(`The synthesized app has no usable ${file}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
