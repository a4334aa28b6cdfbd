import { hash } from "node:crypto";

/** Whether two facts say the same. */

/**
 * SHA-256 (base64url) of what a fact says: the order of fields makes no difference, nor does a default that is spelled out.
 * @param content the parsed fact without what the server made; scale and dimensions are always in it
 */
export function contentHashOf(content: object): string {
  const said: Record<string, unknown> = {};
  for (const name of Object.keys(content).sort()) {
    const value = content[name as keyof typeof content] as unknown;
    if (!isDefault(name, value, content)) said[name] = canonical(value);
  }
  return hash("sha256", JSON.stringify(said), "base64url");
}

/** Whether a field has the value that its schema documents for when it is absent. */
function isDefault(name: string, value: unknown, content: object): boolean {
  switch (name) {
    case "count":
    case "quantity":
      return value === 1;
    case "tags":
      return Array.isArray(value) && value.length === 0;
    case "resolved":
      return value === "ticketId" in content;
    default:
      return false;
  }
}

/** The same value with sorted keys, and in terms of JSON: without a replacer that is written many times as fast. */
function canonical(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(canonical);
  const sorted: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) sorted[name] = canonical(value[name as keyof typeof value]);
  return sorted;
}
