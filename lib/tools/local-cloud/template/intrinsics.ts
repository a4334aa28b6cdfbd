import { LocalCloudError } from "../errors.ts";

/** Looks up what the template's references stand for. */
export interface References {
  /** The value of `Ref` for a logical id, a parameter or a pseudo parameter; undefined where that is not known. */
  ref(name: string): string | undefined;
  /** The value of `Fn::GetAtt`. */
  attribute(logicalId: string, attribute: string): string | undefined;
}

/** Stands for a property that the template takes away with `AWS::NoValue`. */
const noValue = Symbol("AWS::NoValue");

/**
 * Replaces every intrinsic function in a piece of a template by its value.
 * @param where what the piece belongs to, for error messages
 * @throws LocalCloudError for an intrinsic function or a reference that is not known
 */
export function resolve(value: unknown, references: References, where: string): unknown {
  const resolved = resolveValue(value, references, where);
  return resolved === noValue ? undefined : resolved;
}

function resolveValue(value: unknown, references: References, where: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => resolveValue(item, references, where)).filter((item) => item !== noValue);
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && isIntrinsic(only[0])) {
    return call(only[0], only[1], references, where);
  }
  const result: Record<string, unknown> = {};
  for (const [name, item] of entries) {
    const resolved = resolveValue(item, references, where);
    if (resolved !== noValue) result[name] = resolved;
  }
  return result;
}

function isIntrinsic(name: string): boolean {
  return name === "Ref" || name === "Condition" || name.startsWith("Fn::");
}

function call(name: string, argument: unknown, references: References, where: string): unknown {
  switch (name) {
    case "Ref":
      return reference(String(argument), references, where);
    case "Fn::GetAtt":
      return attribute(argument, references, where);
    case "Fn::Join": {
      const [separator, parts] = list(resolveValue(argument, references, where), name, where);
      return list(parts, name, where).join(String(separator));
    }
    case "Fn::Sub":
      return substitute(argument, references, where);
    case "Fn::Select": {
      const [index, items] = list(resolveValue(argument, references, where), name, where);
      return list(items, name, where)[Number(index)];
    }
    case "Fn::Split": {
      const [separator, text] = list(resolveValue(argument, references, where), name, where);
      return String(text).split(String(separator));
    }
    default:
      throw new LocalCloudError(`${where} uses ${name}, which the local cloud does not know`);
  }
}

function list(value: unknown, name: string, where: string): unknown[] {
  if (!Array.isArray(value)) throw new LocalCloudError(`${where}: ${name} has no list`);
  return value;
}

function reference(name: string, references: References, where: string): unknown {
  if (name === "AWS::NoValue") return noValue;
  const value = references.ref(name);
  if (value === undefined)
    throw new LocalCloudError(`${where} refers to ${name}, which the local cloud does not know`);
  return value;
}

function attribute(argument: unknown, references: References, where: string): string {
  const path = Array.isArray(argument) ? argument.map(String) : String(argument).split(".");
  const [logicalId = "", ...rest] = path;
  const value = references.attribute(logicalId, rest.join("."));
  if (value === undefined) {
    throw new LocalCloudError(`${where} needs ${path.join(".")}, which the local cloud does not know`);
  }
  return value;
}

function substitute(argument: unknown, references: References, where: string): string {
  const [text, given] = Array.isArray(argument) ? argument : [argument, {}];
  const variables = new Map(Object.entries(Object(resolveValue(given, references, where))));
  return String(text).replaceAll(/\$\{(!?)([^}]+)\}/g, (_match, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (variables.has(name)) return String(variables.get(name));
    return name.includes(".")
      ? attribute(name, references, where)
      : String(reference(name, references, where));
  });
}
