import * as z from "zod";
import { dimensionsSchema } from "../facts/base.ts";
import type { Provider } from "./provider.ts";
import { findProvider, providers } from "./registry.ts";

/** A source as an administrator defines it. */

/** How the address of a source begins, which is a secret: no source is called so. */
export const addressPrefix = "src_";

/** A source's id, which names it and begins the ids of its facts. */
export const sourceIdSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/,
    "must be 1 to 40 letters, digits, - or _, beginning with a letter or digit",
  )
  .refine((id) => !id.startsWith(addressPrefix), `must not begin with ${addressPrefix}`)
  .meta({
    description: "Names the source. The ids of its facts begin with `source:<id>:`",
    example: "shop-payments",
  });

const secretSchema = z
  .string({ error: "must be a text" })
  .regex(/^[\x20-\x7e]{8,500}$/, "must be 8 to 500 printable ASCII characters");

const fields = {
  secret: secretSchema.optional().meta({
    description:
      "What deliveries are signed with, as the provider shows it. Shown to nobody again; kept as it is when absent. Until there is one, every delivery is refused",
  }),
  previousSecret: secretSchema.optional().meta({
    description:
      "Taken beside `secret` while the provider changes over; forgotten by the next `secret` without it",
  }),
  dimensions: dimensionsSchema
    .optional()
    .meta({ description: "Dimensions of every fact of the source that has no value of its own" }),
};

function definitionOf(provider: Provider) {
  return z
    .strictObject({
      provider: z.literal(provider.name),
      ...fields,
      ...(provider.canBeUnsigned
        ? {
            unsigned: z.boolean().optional().meta({
              description:
                "Whether deliveries are taken that nobody signed: then whoever knows the address can send them",
            }),
          }
        : {}),
      ...(provider.details
        ? {
            accessToken: secretSchema
              .optional()
              .meta({ description: "With which answers are asked for. Shown to nobody again" }),
          }
        : {}),
      options: provider.options.optional().meta({ description: "What is counted. Everything has a default" }),
    })
    .meta({ id: `${provider.title.replaceAll(" ", "")}Source` });
}

/** One schema a provider. */
const [first, ...others] = providers.map(definitionOf);
if (first === undefined) throw new Error("there are no providers");

/** What `PUT /v1/sources/{id}` takes. */
export const sourceSchema = z
  .discriminatedUnion("provider", [first, ...others], {
    error: `must be one of ${providers.map(({ name }) => name).join(", ")}`,
  })
  .meta({ id: "Source", description: "Where facts come from by themselves" });

/** What may be shown of a source, and is stored as it is. */
export interface SourceSettings {
  readonly provider: string;
  readonly isUnsigned: boolean;
  readonly options: unknown;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What may not be shown. */
export interface SourceSecrets {
  /** One, or two while the provider changes over. */
  readonly secrets: readonly string[];
  readonly accessToken?: string | undefined;
}

/** A definition by its parts. The secrets are `undefined` where they are to stay as they are. */
export function partsOf(definition: z.output<typeof sourceSchema>): {
  readonly settings: SourceSettings;
  readonly secrets: readonly string[] | undefined;
  readonly accessToken: string | undefined;
} {
  const { provider, secret, previousSecret, dimensions = {}, options } = definition;
  const given: Readonly<Record<string, unknown>> = definition;
  const schema = findProvider(provider)?.options;
  return {
    settings: {
      ...{ provider, dimensions, isUnsigned: given["unsigned"] === true },
      // With the defaults of now: those of a later version must not change what is counted.
      options: schema?.parse(options ?? {}) ?? {},
    },
    secrets:
      secret === undefined ? undefined : [secret, ...(previousSecret === undefined ? [] : [previousSecret])],
    accessToken: typeof given["accessToken"] === "string" ? given["accessToken"] : undefined,
  };
}
