import * as z from "zod";

/** The error of an unknown key. */
export const unknownSetting = "is not a known setting";

/**
 * A schema that is chosen by the key which an object has, so that an error speaks of that one alternative and not
 * of all of them.
 */
export function byKey<Output>(
  what: string,
  kinds: Readonly<Record<string, z.ZodType>>,
  plain: readonly z.ZodType[] = [],
): z.ZodType<Output> {
  const names = Object.keys(kinds);
  return z.unknown().transform((given, context): Output => {
    const named = isObject(given) ? names.filter((name) => name in given) : [];
    const schema =
      named.length === 1
        ? kinds[named[0] ?? ""]
        : plain.find((candidate) => typeof given === typeOf(candidate));
    if (!schema) {
      const several = named.length > 1 ? ` (it has ${named.join(" and ")}: keep one)` : "";
      const message = `must be ${what} or an object with one of: ${names.join(", ")}${several}`;
      context.issues.push({ code: "custom", message, input: given });
      return z.NEVER;
    }
    const parsed = schema.safeParse(given);
    if (parsed.success) return parsed.data as Output;
    for (const issue of parsed.error.issues.flatMap(withKeysApart)) {
      context.issues.push({ code: "custom", message: issue.message, path: issue.path, input: given });
    }
    return z.NEVER;
  }) as z.ZodType<Output>;
}

function isObject(given: unknown): given is object {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

function typeOf(schema: z.ZodType): string {
  return schema.def.type;
}

/** Names each unknown key by its place, as the rest of the issues are. */
function withKeysApart(issue: z.core.$ZodIssue): { message: string; path: PropertyKey[] }[] {
  if (issue.code !== "unrecognized_keys") return [issue];
  return issue.keys.map((key) => ({ message: unknownSetting, path: [...issue.path, key] }));
}
