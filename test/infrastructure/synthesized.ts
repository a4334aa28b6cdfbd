import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Template } from "aws-cdk-lib/assertions";
import { afterAll } from "vitest";
import * as z from "zod";
import { createApp } from "../../lib/infrastructure/app.ts";

/** Leaves the functions unbundled: these tests are about the template. */
const withoutBundles = { "aws:cdk:bundling-stacks": [] };

/** A resource of the template with the properties that a test reads. */
export interface Resource<Properties> {
  readonly id: string;
  readonly properties: Properties;
  readonly deletionPolicy: string | undefined;
  readonly updateReplacePolicy: string | undefined;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Makes the app in a folder of its own, with further context. The folder goes when the file's tests are done. */
export function makeApp(context: Record<string, unknown> = {}, validate = false) {
  const outdir = mkdtempSync(join(tmpdir(), "cx-metrics-synth-"));
  folders.push(outdir);
  return createApp({ outdir, context: { ...withoutBundles, ...context }, validate });
}

/** Synthesizes the stack, once for all tests of a file. */
export function synthesize(context: Record<string, unknown> = {}): Synthesized {
  return new Synthesized(Template.fromStack(makeApp(context).stack));
}

const envelope = z.looseObject({
  Type: z.string(),
  Properties: z.unknown(),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});

/** The template, read through schemas. */
export class Synthesized {
  readonly json: Readonly<Record<string, unknown>>;
  readonly #resources: Readonly<Record<string, z.output<typeof envelope>>>;

  constructor(template: Template) {
    this.json = template.toJSON();
    this.#resources = z.record(z.string(), envelope).parse(this.json["Resources"]);
  }

  /** The types of all resources. */
  get types(): ReadonlySet<string> {
    return new Set(Object.values(this.#resources).map(({ Type }) => Type));
  }

  /** Every resource of a type; fails where its properties are not as the schema says. */
  all<Schema extends z.ZodType>(type: string, schema: Schema): Resource<z.output<Schema>>[] {
    return Object.entries(this.#resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, resource]) => ({
        id,
        properties: schema.parse(resource.Properties),
        deletionPolicy: resource.DeletionPolicy,
        updateReplacePolicy: resource.UpdateReplacePolicy,
      }));
  }
}

/** A reference to a resource: `Ref`, or `Fn::GetAtt` of one of its attributes. */
export const reference = z.union([
  z.object({ Ref: z.string() }).transform(({ Ref }) => ({ id: Ref, attribute: undefined })),
  z
    .object({ "Fn::GetAtt": z.tuple([z.string(), z.string()]) })
    .transform(({ "Fn::GetAtt": [id, attribute] }) => ({ id, attribute })),
]);

/** Text with references in it, each written as `${LogicalId}` or `${LogicalId.Attribute}`. */
export const text: z.ZodType<string> = z.union([
  z.string(),
  reference.transform(({ id, attribute }) => (attribute ? `\${${id}.${attribute}}` : `\${${id}}`)),
  z
    .object({ "Fn::Join": z.tuple([z.string(), z.array(z.lazy(() => text))]) })
    .transform(({ "Fn::Join": [separator, parts] }) => parts.join(separator)),
]);

/** One or several of something, as CloudFormation writes it. */
export function oneOrMore<Schema extends z.ZodType>(schema: Schema) {
  return z.union([z.array(schema), schema.transform((value) => [value])]);
}

/** A statement of a policy. */
export const statement = z.looseObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: oneOrMore(z.string()),
  Resource: oneOrMore(text),
  Condition: z.record(z.string(), z.unknown()).optional(),
});

/** A Lambda function, as far as tests look at it. */
export const lambdaFunction = z.looseObject({
  Description: z.string(),
  Architectures: z.array(z.string()),
  Runtime: z.string(),
  Handler: z.string(),
  Timeout: z.number(),
  MemorySize: z.number(),
  Role: text,
  RecursiveLoop: z.string().optional(),
  Environment: z.object({ Variables: z.record(z.string(), text) }),
  LoggingConfig: z.looseObject({
    LogFormat: z.string(),
    ApplicationLogLevel: z.string(),
    LogGroup: reference,
  }),
});
