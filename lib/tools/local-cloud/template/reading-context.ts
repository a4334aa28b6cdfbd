import type * as z from "zod";
import type { Assembly, TemplateResource } from "./assembly.ts";
import type { Names } from "./names.ts";

/** The context of the readers of single resource types. */
export interface ReadingContext {
  readonly assembly: Assembly;
  readonly names: Names;
  resources(type: string): readonly TemplateResource[];
  /** The properties of a resource, resolved and checked. Throws LocalCloudError when they do not fit. */
  properties<Schema extends z.ZodType>(resource: TemplateResource, schema: Schema): z.output<Schema>;
}
