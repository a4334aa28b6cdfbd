import * as z from "zod";

/** Health. */

/** The health check. */
export const healthSchema = z.object({ status: z.enum(["ok"]) }).meta({ id: "Health" });

/** The OpenAPI document itself. */
export const openApiSchema = z.looseObject({ openapi: z.string() }).meta({ id: "OpenApi" });
