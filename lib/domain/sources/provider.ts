import type * as z from "zod";
import type { eventSchema } from "../facts/events.ts";
import type { responseSchema } from "../facts/responses.ts";

/** What one file a provider says: whether a delivery is the provider's, and which facts it tells. */

/** A webhook as it was sent. */
export interface Delivery {
  /** The bytes that were signed. */
  readonly body: Buffer;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
}

/** A fact as a client would send it. Its id is unique among those of the source, and names what happened, not the delivery. */
export type SourceFact = (z.input<typeof eventSchema> | z.input<typeof responseSchema>) & {
  readonly id: string;
};

/** A fact of fields that an administrator has named: nobody has looked yet whether it is one. */
export type FreeFact = Readonly<Record<string, unknown>> & { readonly id: string };

/** What a delivery tells. */
export interface Reading {
  /** What happened, in the provider's words. */
  readonly event: string;
  /** Empty where it is nothing that is counted. */
  readonly facts: readonly (SourceFact | FreeFact)[];
  /** Why something is not counted that would be with other options, or in another form. They quote nothing that people wrote. */
  readonly problems: readonly string[];
}

/** How deliveries of a provider are known to be its own. */
export interface Signing {
  /** For documentation: where the secret is found. */
  readonly secret: string;
  /** Whether a source may go without, so that its address alone is the secret: providers that cannot sign. */
  readonly canBeUnsigned: boolean;
  /** Whether a delivery was signed with the secret, and lately where the provider says when. Never throws. */
  isSigned(delivery: Delivery, secret: string): boolean;
}

/** A provider of webhooks, whatever its options are. */
export interface Provider extends Signing {
  readonly name: string;
  readonly title: string;
  /** What is counted, by choice of the administrator. Everything has a default. */
  readonly options: z.ZodType;
  /**
   * Where to ask for what a webhook does not say, with the source's access token: the answer is read as `details` of the payload. Absent for
   * providers that say everything.
   * @returns undefined where nothing has to be asked for
   */
  details?(payload: unknown, options: unknown): string | undefined;
  /**
   * Reads what was sent. The same payload always gives the same facts, whatever came before it.
   * @param payload parsed JSON
   * @throws ZodError where the payload has not the provider's form
   */
  read(payload: unknown, options: unknown, headers: Delivery["headers"]): Reading;
}

/** A provider whose options have a schema. */
export interface ProviderFile<Options extends z.ZodType>
  extends Omit<Provider, "options" | "read" | "details"> {
  readonly options: Options;
  details?(payload: unknown, options: z.output<Options>): string | undefined;
  read(payload: unknown, options: z.output<Options>, headers: Delivery["headers"]): Reading;
}

/** Checks a provider's file against what all of them have. */
export function defineProvider<Options extends z.ZodType>(file: ProviderFile<Options>): Provider {
  const { details } = file;
  return {
    ...file,
    ...(details ? { details: (payload, options) => details(payload, file.options.parse(options)) } : {}),
    read: (payload, options, headers) => file.read(payload, file.options.parse(options), headers),
  };
}

/** The reading of something that is not counted, and is not meant to be. */
export function nothing(event: string): Reading {
  return { event, facts: [], problems: [] };
}
