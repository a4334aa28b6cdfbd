import * as z from "zod";

/** The query of a form: what is changed; nothing for something new. */
export const editQuerySchema = z.strictObject({ id: z.string().optional() });

/** The query of the form of shared links: the page that is to be shared. */
export const shareFormQuerySchema = z.strictObject({ path: z.string().optional() });
