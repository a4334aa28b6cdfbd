import * as z from "zod";
import {
  anything,
  completeRules,
  type SenderRules,
  storedRulesSchema,
} from "../../domain/facts/sender-rules.ts";
import type { Scope } from "../../domain/workspace/scope.ts";
import { deploymentLimits, type KeyLimits, keyLimitsSchema } from "../../store/settings/api-keys.ts";

/** The caller of a request, as the authorizer passes it to the handlers: its only source. */
export interface Principal {
  readonly workspace: string;
  readonly scopes: readonly Scope[];
  /** Names the key in logs: the first characters of its hash. */
  readonly keyId: string;
  /** Web origins from which alone the key may be used; empty for anywhere. */
  readonly origins: readonly string[];
  /** Whether strangers can read the key: what it sends must not stand in the way of others. */
  readonly isPublic: boolean;
  /** Which facts it may send. */
  readonly rules: SenderRules;
  readonly limits: KeyLimits;
  /** RFC 3339: from then on the key is refused, also where the authorizer's answer is still remembered. */
  readonly validUntil?: string | undefined;
}

const contextSchema = z.object({
  workspace: z.string().min(1),
  scopes: z.string().min(1),
  keyId: z.string().min(1),
  origins: z.string(),
  validUntil: z.string(),
  /** `public` or nothing. */
  audience: z.string(),
  /** JSON; empty for the rules and limits of a key that nobody has limited. */
  rules: z.string(),
  limits: z.string(),
});

/** The authorizer's context of a principal: flat texts, as API Gateway passes them on. */
export function principalContext(principal: Principal): Record<string, string> {
  const { workspace, scopes, keyId, origins, isPublic, rules, limits, validUntil = "" } = principal;
  return {
    ...{ workspace, keyId, scopes: scopes.join(" "), origins: origins.join(" "), validUntil },
    audience: isPublic ? "public" : "",
    rules: textOf(rules, anything),
    limits: textOf(limits, deploymentLimits),
  };
}

/** As JSON; nothing where it is what most keys have. */
function textOf(value: object, usual: object): string {
  const text = JSON.stringify(value);
  return text === JSON.stringify(usual) ? "" : text;
}

/**
 * The principal that the authorizer found, or `undefined` for a request that nobody vouches for.
 * @param now epoch milliseconds: a key that has expired since the authorizer looked vouches for nobody
 */
export function principalOf(context: unknown, now: number): Principal | undefined {
  const principal = parsedOf(context);
  const validUntil = principal?.validUntil;
  // A time that cannot be parsed is over: `NaN` is not greater than any instant.
  if (validUntil !== undefined && !(now < Date.parse(validUntil))) return undefined;
  return principal;
}

/** Each request's context is looked at several times. */
const known = new WeakMap<object, Principal>();

function parsedOf(context: unknown): Principal | undefined {
  if (typeof context !== "object" || context === null) return undefined;
  const before = known.get(context);
  if (before) return before;
  const parsed = contextSchema.safeParse(context);
  if (!parsed.success) return undefined;
  const { workspace, scopes, keyId, origins, validUntil, audience, rules, limits } = parsed.data;
  const isPublic = audience === "public";
  const principal = {
    ...{ workspace, keyId, isPublic },
    ...(validUntil === "" ? {} : { validUntil }),
    scopes: scopes.split(" ").filter(isScope),
    origins: origins.split(" ").filter((origin) => origin !== ""),
    rules: rules === "" ? anything : completeRules(storedRulesSchema.parse(JSON.parse(rules)), isPublic),
    limits: limits === "" ? deploymentLimits : keyLimitsSchema.parse(JSON.parse(limits)),
  };
  known.set(context, principal);
  return principal;
}

function isScope(text: string): text is Scope {
  return text === "ingest" || text === "read" || text === "admin";
}
