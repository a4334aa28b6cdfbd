import { hash } from "node:crypto";
import * as z from "zod";
import type { SourceSecrets, SourceSettings } from "./definition.ts";
import type { Delivery, Reading } from "./provider.ts";
import { findProvider } from "./registry.ts";

/** From a delivery to the facts that are recorded, whatever its provider is. */

/** Facts as the write routes take them, and what could not be made one. */
export interface ReadDelivery {
  readonly event: string;
  readonly facts: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[];
  readonly problems: readonly string[];
}

/** Names the source whose facts they are. */
export interface NamedSource extends SourceSettings {
  readonly id: string;
}

/** Whether a delivery comes from the source's provider. */
export function isGenuine(
  delivery: Delivery,
  { provider, isUnsigned }: SourceSettings,
  { secrets }: SourceSecrets,
): boolean {
  const by = findProvider(provider);
  if (!by) return false;
  if (secrets.length === 0) return isUnsigned && by.canBeUnsigned;
  return secrets.some((secret) => by.isSigned(delivery, secret));
}

/**
 * Parses what was sent. Never throws.
 * @returns undefined where it is no JSON in UTF-8
 */
export function payloadOf(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * The facts of a delivery. Never throws on what was sent.
 * @param payload parsed JSON; undefined where it is none
 * @param headers those of `keptHeaders`, at least
 */
export function readDelivery(
  payload: unknown,
  headers: Delivery["headers"],
  source: NamedSource,
): ReadDelivery {
  const { event, facts, problems } = readingOf(payload, headers, source);
  return {
    // It is listed, and logged nowhere.
    event: event.slice(0, 200),
    problems: problems.map((problem) => problem.slice(0, 500)).slice(0, maxProblems),
    facts: facts.map((fact) => {
      const dimensions = { ...source.dimensions, ...("dimensions" in fact ? objectOf(fact.dimensions) : {}) };
      return {
        ...fact,
        id: factIdOf(source.id, fact.id),
        ...(Object.keys(dimensions).length > 0 ? { dimensions } : {}),
      };
    }),
  };
}

/** At most so many problems of one delivery are told. */
const maxProblems = 50;

/** The headers that say what a delivery is: all that is kept beside its body. */
export const keptHeaders = ["x-shopify-topic"] as const;

function readingOf(payload: unknown, headers: Delivery["headers"], source: NamedSource): Reading {
  if (payload === undefined) return { event: "", facts: [], problems: ["the body is no JSON in UTF-8"] };
  const provider = findProvider(source.provider);
  if (!provider) return { event: "", facts: [], problems: ["this version does not know the provider"] };
  try {
    return provider.read(payload, source.options, headers);
  } catch (error) {
    return { event: nameOf(payload), facts: [], problems: problemsOf(error) };
  }
}

/** Where the form differs, without what stands there. */
function problemsOf(error: unknown): string[] {
  if (!(error instanceof z.ZodError)) return ["it cannot be read: report it, with its payload"];
  return error.issues
    .slice(0, 5)
    .map(({ path, message }) => `/${path.map(String).join("/")} has another form: ${message}`);
}

/** What the provider calls it, where that can be told of a payload of another form. */
function nameOf(payload: unknown): string {
  const named = z
    .object({ type: z.string().optional(), topic: z.string().optional(), event: z.string().optional() })
    .safeParse(payload).data;
  return named?.type ?? named?.topic ?? named?.event ?? "";
}

function objectOf(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

/** The id of a fact: in a name space of the source's own, and as long as ids may be. */
export function factIdOf(source: string, own: string): string {
  const id = `source:${source}:${own}`;
  return /^[A-Za-z0-9._:-]{1,128}$/.test(id) ? id : `source:${source}:${hash("sha256", own, "base64url")}`;
}
