import * as z from "zod";

/** The query of a form: what is changed; nothing for something new. */
export const editQuerySchema = z.strictObject({ id: z.string().optional() });
