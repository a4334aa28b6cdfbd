import type { english } from "./english.ts";

/** The name of a text. */
export type TextId = keyof typeof english;

/** The texts of a language: all of them, or it does not compile. */
export type Texts = Readonly<Record<TextId, string>>;
