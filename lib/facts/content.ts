import { createHash } from "node:crypto";

/** Whether two facts say the same. */

/**
 * SHA-256 (base64url) of what a fact says: the order of fields makes no difference, nor does a default that is spelled out.
 * @param content the parsed fact without what the server made; scale and dimensions are always in it
 */
export function contentHashOf(content: object): string {
  const said = Object.fromEntries(Object.entries(content).filter((field) => !isDefault(field, content)));
  return createHash("sha256").update(canonical(said)).digest("base64url");
}

/** What a field that may be absent means when it is, by the documentation of its schema. */
function isDefault([name, value]: readonly [string, unknown], content: object): boolean {
  switch (name) {
    case "count":
      return value === 1;
    case "tags":
      return Array.isArray(value) && value.length === 0;
    case "resolved":
      return value === "ticketId" in content;
    default:
      return false;
  }
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === "bigint") return inner.toString();
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
