import * as z from "zod";

/** The error answers that every route can give. */

/** One thing that is wrong, and where. */
export const fieldErrorSchema = z
  .object({
    pointer: z
      .string()
      .meta({ description: "RFC 6901 pointer to the field or `/parameter`", example: "/score" }),
    detail: z.string().meta({ example: "must be an integer from 0 to 10" }),
  })
  .meta({ id: "FieldError" });

/** An error answer (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(fieldErrorSchema).optional().meta({ description: "The first 50 things that are wrong" }),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details" });

/** The gateway's own short error, for what never reaches a function. */
export const gatewayErrorSchema = z.object({ message: z.string().meta({ example: "Unauthorized" }) }).meta({
  id: "GatewayError",
  description: "API Gateway's own error: a missing key, throttling, or no function in time",
});
