/** Ids of facts: made once, when a fact is tracked, so that sending it again never counts it again. */

/** What makes a fact of a kind the only one: the fields that name the thing that happened. */
const once: Readonly<Record<string, readonly string[]>> = {
  "purchase.made": ["orderId"],
  "ticket.opened": ["ticketId"],
  "call.queued": ["callId"],
  "call.answered": ["callId"],
  "call.abandoned": ["callId"],
  "cart.started": ["cartId"],
  "cart.bought": ["cartId"],
  "invitation.sent": ["invitationId"],
};

/** Fields that name something of the sender's business. */
const businessIds = [
  "orderId",
  "ticketId",
  "callId",
  "cartId",
  "invitationId",
  "articleId",
  "subscriptionId",
  "customerId",
];

/** A fact of either kind. */
export type AnyFact = Readonly<Record<string, unknown>>;

/**
 * The id of a fact that has none: of what it says where that names the one thing that happened, so that tracking it twice is one fact;
 * else a random one, which stays with it.
 */
export function idOf(fact: AnyFact): string {
  const kind = String(fact["type"] ?? fact["survey"]);
  const names = once[kind] ?? ("survey" in fact ? ["invitationId"] : []);
  const [name] = names.filter((field) => typeof fact[field] === "string");
  if (name !== undefined) return safe(`${kind}:${fact[name]}`);
  // With its time and what it is about, a fact is the same whoever makes it again.
  if (fact["occurredAt"] !== undefined && businessIds.some((field) => fact[field] !== undefined)) {
    return `${kind}:${digest(canonical(fact))}`;
  }
  return `${kind}:${random()}`;
}

function safe(text: string): string {
  return /^[A-Za-z0-9._:-]{1,100}$/.test(text) ? text : `${text.split(":")[0]}:${digest(text)}`;
}

/** JSON with the fields in the order of their names. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`)
    .join()}}`;
}

/** 128 bits of a text as 32 hexadecimal digits: four runs of MurmurHash3's mixing with different seeds. Not for secrets. */
export function digest(text: string): string {
  return [0x9747b28c, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f].map((seed) => mixed(text, seed)).join("");
}

function mixed(text: string, seed: number): string {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0xcc9e2d51);
    hash = (hash << 15) | (hash >>> 17);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  hash ^= text.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, "0");
}

function random(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
