import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as z from "zod";

/** CloudFormation's own specification of every resource, as the CDK's command carries it with it. */

/** The type of a property. Others than these are taken as they come. */
interface SpecType {
  readonly type: string;
  readonly allowedValues?: readonly unknown[] | undefined;
  readonly element?: SpecType | undefined;
  readonly reference?: { readonly $ref: string } | undefined;
  readonly types?: readonly SpecType[] | undefined;
}

const specType: z.ZodType<SpecType> = z.lazy(() =>
  z.object({
    type: z.string(),
    allowedValues: z.array(z.unknown()).optional(),
    element: specType.optional(),
    reference: z.object({ $ref: z.string() }).optional(),
    types: z.array(specType).optional(),
  }),
);

const properties = z.record(
  z.string(),
  z.object({
    type: specType,
    required: z.boolean().optional(),
    previousTypes: z.array(specType).optional(),
  }),
);

type Properties = z.output<typeof properties>;

const database = z.object({
  schema: z.object({
    resource: z.object({ entities: z.array(z.object({ cloudFormationType: z.string(), properties })) }),
    typeDefinition: z.object({ entities: z.array(z.object({ $id: z.string(), properties })) }),
  }),
});

/** What the specification says is wrong with the properties of resources. */
export class Specification {
  readonly #resources: ReadonlyMap<string, Properties>;
  readonly #definitions: ReadonlyMap<string, Properties>;
  /** How many properties were looked at. */
  looked = 0;

  constructor() {
    const file = new URL("../../node_modules/aws-cdk/db.json.gz", import.meta.url);
    const { schema } = database.parse(JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")));
    this.#resources = new Map(
      schema.resource.entities.map((one) => [one.cloudFormationType, one.properties]),
    );
    this.#definitions = new Map(schema.typeDefinition.entities.map((one) => [one.$id, one.properties]));
  }

  /** In words, each with where it is; none where all is well. */
  problemsOf(type: string, value: unknown): string[] {
    const known = this.#resources.get(type);
    return known ? this.#problemsIn(known, value, type) : [`${type} is no type of resource`];
  }

  #problemsIn(known: Properties, value: unknown, path: string): string[] {
    const given = z.record(z.string(), z.unknown()).parse(value ?? {});
    const missing = Object.entries(known)
      .filter(([name, { required }]) => required && given[name] === undefined)
      .map(([name]) => `${path}.${name} is missing`);
    const wrong = Object.entries(given).flatMap(([name, property]) => {
      const spec = known[name];
      if (!spec) return [`${path}.${name} is unknown`];
      const problems = [spec.type, ...(spec.previousTypes ?? [])].map((one) =>
        this.#problemsOfType(one, property, `${path}.${name}`),
      );
      return problems.find((found) => found.length === 0) ?? problems[0] ?? [];
    });
    return [...missing, ...wrong];
  }

  #problemsOfType(spec: SpecType, value: unknown, path: string): string[] {
    this.looked += 1;
    if (isIntrinsic(value)) return [];
    const wrong = (isRight: boolean) => (isRight ? [] : [`${path} is no ${spec.type}`]);
    switch (spec.type) {
      case "string":
        if (spec.allowedValues && !spec.allowedValues.includes(value))
          return [`${path} is none of ${spec.allowedValues.join(", ")}`];
        return wrong(typeof value === "string");
      case "integer":
        return wrong(Number.isInteger(value));
      case "number":
        return wrong(typeof value === "number");
      case "boolean":
        return wrong(typeof value === "boolean");
      case "array":
        return this.#problemsOfArray(spec, value, path);
      case "map":
        return Object.entries(z.record(z.string(), z.unknown()).parse(value)).flatMap(([name, one]) =>
          spec.element ? this.#problemsOfType(spec.element, one, `${path}.${name}`) : [],
        );
      case "ref":
        return this.#problemsIn(this.#definitions.get(spec.reference?.$ref ?? "") ?? {}, value, path);
      case "union": {
        const problems = (spec.types ?? []).map((one) => this.#problemsOfType(one, value, path));
        return problems.find((found) => found.length === 0) ?? problems[0] ?? [];
      }
      default:
        return [];
    }
  }

  #problemsOfArray({ element }: SpecType, value: unknown, path: string): string[] {
    if (!Array.isArray(value)) return [`${path} is no array`];
    return value.flatMap((one, index) =>
      element ? this.#problemsOfType(element, one, `${path}[${index}]`) : [],
    );
  }
}

/** What CloudFormation replaces before it looks: references and functions. */
function isIntrinsic(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const [name = "", ...others] = Object.keys(value);
  return others.length === 0 && (name === "Ref" || name.startsWith("Fn::"));
}
