/** TypeScript types of facts, written from the schemas of the OpenAPI document. */

/** As much of a JSON schema as the document has. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

const referenced = "#/components/schemas/";

/**
 * The types of some schemas and of all that they refer to, each under its own name.
 * @param schemas the document's, by name
 * @param roots type → schema
 * @throws Error when a schema is not there
 */
export function typesOf(
  schemas: Readonly<Record<string, Schema>>,
  roots: Readonly<Record<string, Schema>>,
): string {
  const names = reachable(schemas, Object.values(roots));
  const declared = names.map((name) => declaration(name, schemaNamed(schemas, name)));
  const added = Object.entries(roots)
    .filter(([name]) => !names.includes(name))
    .map(([name, schema]) => declaration(name, schema));
  return [...declared, ...added].join("\n\n");
}

function schemaNamed(schemas: Readonly<Record<string, Schema>>, name: string): Schema {
  const schema = schemas[name];
  if (!schema) throw new Error(`the document has no schema ${name}`);
  return schema;
}

function reachable(schemas: Readonly<Record<string, Schema>>, roots: readonly Schema[]): string[] {
  const found = new Set<string>();
  const visit = (schema: Schema): void => {
    for (const name of referencesOf(schema)) {
      if (found.has(name)) continue;
      found.add(name);
      visit(schemaNamed(schemas, name));
    }
  };
  roots.forEach(visit);
  return [...found].sort();
}

function referencesOf(schema: Schema): string[] {
  return [...JSON.stringify(schema).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name = ""]) => name,
  );
}

function declaration(name: string, schema: Schema): string {
  const about = schema.description ? `/** ${comment(schema.description)} */\n` : "";
  if (schema.properties) return `${about}export interface ${name} ${objectType(schema, "")}`;
  return `${about}export type ${name} = ${typeOf(schema, "")};`;
}

function comment(text: string): string {
  return text.replaceAll("*/", "* /").replaceAll("\n", " ");
}

function typeOf(schema: Schema, indent: string): string {
  if (schema.$ref) return schema.$ref.slice(referenced.length);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const several = schema.oneOf ?? schema.anyOf;
  if (several) return several.map((one) => typeOf(one, indent)).join(" | ");
  if (schema.allOf) return schema.allOf.map((one) => typeOf(one, indent)).join(" & ");
  if (schema.properties) return objectType(schema, indent);
  if (schema.type === "array") return `readonly (${typeOf(schema.items ?? {}, indent)})[]`;
  if (schema.type === "object") {
    const values = typeof schema.additionalProperties === "object" ? schema.additionalProperties : {};
    return `Readonly<Record<string, ${typeOf(values, indent)}>>`;
  }
  const plain: Readonly<Record<string, string>> = {
    integer: "number",
    number: "number",
    string: "string",
    boolean: "boolean",
    null: "null",
  };
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
  return types.map((type) => plain[type] ?? "unknown").join(" | ") || "unknown";
}

function objectType({ properties = {}, required = [] }: Schema, indent: string): string {
  const inner = `${indent}  `;
  const fields = Object.entries(properties).map(([name, schema]) => {
    const about = schema.description ? `${inner}/** ${comment(schema.description)} */\n` : "";
    const optional = required.includes(name) ? "" : "?";
    const undefinedToo = required.includes(name) ? "" : " | undefined";
    return `${about}${inner}readonly ${name}${optional}: ${typeOf(schema, inner)}${undefinedToo};`;
  });
  return `{\n${fields.join("\n")}\n${indent}}`;
}

const head =
  "// Written by `npm run client:types` from the OpenAPI document: change the schemas in lib/domain/facts instead.";

/**
 * The text of the client's types: of the facts that the two write routes take.
 * @param schemas those of the OpenAPI document, by name
 */
export function clientTypes(schemas: Readonly<Record<string, Schema>>): string {
  const roots = { SurveyResponse: refTo("SurveyResponse"), Event: refTo("Event") };
  return `${head}\n\n${typesOf(schemas, roots)}\n`;
}

function refTo(name: string): Schema {
  return { $ref: `${referenced}${name}` };
}
