import type { RemarkTextId } from "../remarks/english.ts";
import type { english } from "./english.ts";

type PageTextId = keyof typeof english;

/** The name of a text. */
export type TextId = PageTextId | RemarkTextId;

/** The texts of pages and reports in a language: all of them, or it does not compile. */
export type Texts = Readonly<Record<PageTextId, string>>;
