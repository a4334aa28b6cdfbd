import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type * as z from "zod";
import { unknownSetting } from "./by-key.ts";
import { type Mapping, mappingSchema } from "./mapping-schema.ts";
import { UsageError } from "./problems.ts";

/** A mapping file as it was read. */
export interface LoadedMapping {
  readonly mapping: Mapping;
  /** SHA-256 (hexadecimal) of the file's text: another mapping starts an import from the beginning. */
  readonly hash: string;
}

/**
 * Reads and checks a mapping file.
 * @throws UsageError naming the file and each place in it that is wrong.
 */
export async function loadMapping(path: string): Promise<LoadedMapping> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new UsageError(`cannot read the mapping ${path}: ${reason(error)}`, { cause: error });
  }
  return mappingIn(text, path);
}

/**
 * A mapping in a text.
 * @param name how messages call it
 * @throws UsageError naming each place that is wrong.
 */
export function mappingIn(text: string, name: string): LoadedMapping {
  return { mapping: parseMapping(text, name), hash: createHash("sha256").update(text).digest("hex") };
}

/**
 * Checks a mapping's text.
 * @param name how messages call it
 * @throws UsageError naming each place that is wrong.
 */
export function parseMapping(text: string, name: string): Mapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${name} is not JSON: ${reason(error)}`, { cause: error });
  }
  const result = mappingSchema.safeParse(json);
  if (!result.success) {
    const lines = result.error.issues.flatMap(describe).map((line) => `  ${line}`);
    throw new UsageError(`${name} is not a mapping:\n${lines.join("\n")}`);
  }
  return result.data;
}

function describe(issue: z.core.$ZodIssue): string[] {
  const place = placeOf(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `${placeOf([...issue.path, key])}: ${unknownSetting}`);
  }
  return [`${place || "the file"}: ${issue.message}`];
}

/** Writes a path as people write it: `facts[0].fields.score`. */
export function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index ? "." : ""}${String(part)}`))
    .join("");
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
