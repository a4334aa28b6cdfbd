import * as z from "zod";
import { encodingNamed, encodingNames } from "./encodings.ts";
import { numberStyle, timeStyle, type Value, value, when } from "./mapping-values.ts";

/** The schema of mapping files. `docs/importing.md` is its reference. */

const encoding = z.string().transform((name, context) => {
  const found = encodingNamed(name);
  if (found) return found;
  context.issues.push({
    code: "custom",
    message: `must be one of ${encodingNames.join(", ")}; convert other files to UTF-8`,
    input: name,
  });
  return z.NEVER;
});

const csv = z.strictObject({
  delimiter: z.string().length(1).optional(),
  encoding: encoding.optional(),
  comment: z.string().min(1).optional(),
  skipBefore: z.int().min(0).max(1000).optional(),
  headerRows: z.int().min(1).max(10).optional(),
  skipAfter: z.int().min(0).max(1000).optional(),
  endAt: z.string().optional(),
});

/** The fields of a fact, by how they are treated. */
export interface Fields {
  readonly id: Value | undefined;
  readonly dimensions: Readonly<Record<string, Value>>;
  /** All others, in the file's order. */
  readonly values: Readonly<Record<string, Value>>;
}

const fields = z
  .object({ id: value.optional(), dimensions: z.record(z.string(), value).optional() })
  .catchall(value)
  .transform(({ id, dimensions = {}, ...values }): Fields => ({ id, dimensions, values }));

const fact = z.strictObject({
  /** For the summary and the rejects; default: the `type` or `survey`. */
  name: z.string().min(1).optional(),
  /** The route: `POST /v1/responses` or `POST /v1/events`. */
  to: z.enum(["responses", "events"]),
  when: when.optional(),
  /** What is done with a fact whose id the server has with other content. Default: `reject`. */
  onChange: z.enum(["reject", "replace"]).optional(),
  fields,
});

/** A mapping file. */
export const mappingSchema = z.strictObject({
  $schema: z.string().optional(),
  description: z.string().optional(),
  csv: csv.optional(),
  /** Texts that count as an empty cell. */
  blank: z.array(z.string()).optional(),
  numbers: z.strictObject(numberStyle).optional(),
  times: z.strictObject(timeStyle).optional(),
  /** Several rows that are one: those with the same text in a column. */
  group: z.strictObject({ by: z.string().min(1), scattered: z.boolean().optional() }).optional(),
  /** Rows to leave out, with the reason that the summary names. */
  skip: z.array(z.strictObject({ when, reason: z.string().min(1) })).optional(),
  /** Fields of every fact, which a fact's own stand over. */
  fields: fields.optional(),
  facts: z.array(fact).min(1),
});

/** A mapping file, checked. */
export type Mapping = z.infer<typeof mappingSchema>;

/** One kind of fact that a mapping makes of a row. */
export type FactMapping = Mapping["facts"][number];
