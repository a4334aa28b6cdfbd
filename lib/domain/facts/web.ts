import * as z from "zod";
import { aboutFields, dimensionValueSchema, type FactBase, integerSchema, textSchema } from "./base.ts";

/** Events of a website: visits, pages, calls to action, carts, probes. */

/** The most that one fact can stand for. */
export const maxCountOfFact = 1_000_000;

/** How many alike a fact stands for. */
export const countSchema = integerSchema(1, maxCountOfFact).optional().meta({
  description:
    "How many alike this fact stands for, so that a busy site can send one for many; 1 when absent",
  example: 25,
});

/** A text by which metrics can be grouped and filtered, like a dimension. */
function nameSchema(description: string, example: string) {
  return dimensionValueSchema.meta({ description, example });
}

const pageSchema = nameSchema("A page or article: a path or an id, at most 100 characters", "/help/returns");
const ctaSchema = nameSchema("Which call to action", "newsletter-sign-up");
const cartIdSchema = textSchema(128).meta({
  description: "The cart's id in your systems; must not name a person, as it stays when a customer is erased",
  example: "cart-90211",
});

const visitFields = { ...aboutFields, count: countSchema };

function ctaSchemaOf<const Type extends "cta.viewed" | "cta.clicked">(type: Type) {
  return z.strictObject({
    type: z.literal(type),
    ...visitFields,
    cta: ctaSchema,
    page: pageSchema.optional(),
  });
}

function cartSchemaOf<const Type extends "cart.started" | "cart.bought">(type: Type) {
  return z.strictObject({
    type: z.literal(type),
    ...aboutFields,
    cartId: cartIdSchema,
  });
}

/** The schemas of these events. */
export const webEvents = [
  z
    .strictObject({
      type: z.literal("session.ended"),
      ...visitFields,
      pages: integerSchema(1, 10_000).meta({ description: "How many pages were seen", example: 4 }),
      seconds: integerSchema(0, 604_800).meta({ description: "How long it lasted", example: 95 }),
      page: pageSchema.optional().meta({ description: "The page on which it began" }),
      exitPage: pageSchema.optional().meta({ description: "The page on which it ended" }),
    })
    .meta({ id: "SessionEnded", description: "A visit to the website is over." }),
  z
    .strictObject({
      type: z.literal("page.loaded"),
      ...visitFields,
      milliseconds: integerSchema(0, 3_600_000).meta({
        description: "How long it took until the page was there",
        example: 1_840,
      }),
      page: pageSchema.optional(),
      previousPage: pageSchema.optional().meta({
        description:
          "The page or article of yours from which the visitor came, by which next-page tells what people do after it",
        example: "/help/returns",
      }),
    })
    .meta({ id: "PageLoaded", description: "A page was loaded by a visitor's browser." }),
  z
    .strictObject({
      type: z.literal("search.landed"),
      ...visitFields,
      keyword: nameSchema("What was searched for, where it is known", "return shoes").optional(),
      page: pageSchema.optional().meta({ description: "The page or article on which the visit began" }),
    })
    .meta({ id: "SearchLanded", description: "A visit came from an unpaid result of a search engine." }),
  ctaSchemaOf("cta.viewed").meta({ id: "CtaViewed", description: "A call to action was seen." }),
  ctaSchemaOf("cta.clicked").meta({ id: "CtaClicked", description: "A call to action was clicked." }),
  cartSchemaOf("cart.started").meta({
    id: "CartStarted",
    description:
      "The first thing was put into a cart. Its dimensions are the cart's segments; sent again with the same cartId it is the same cart.",
  }),
  cartSchemaOf("cart.bought").meta({
    id: "CartBought",
    description: "A cart was paid for. Counts once its start is known, in whatever order the two arrive.",
  }),
  z
    .strictObject({
      type: z.literal("probe.checked"),
      ...aboutFields,
      count: countSchema,
      target: nameSchema("What was checked", "shop.example").optional(),
      up: z
        .boolean({ error: "must be true or false" })
        .meta({ description: "Whether it answered as it should" }),
    })
    .meta({ id: "ProbeChecked", description: "A monitor has checked whether a service is available." }),
  z
    .strictObject({
      type: z.literal("mobile.scored"),
      ...aboutFields,
      score: integerSchema(0, 100).meta({ description: "0 to 100, both included", example: 87 }),
      page: pageSchema.optional(),
    })
    .meta({ id: "MobileScored", description: "A page's fitness for mobile devices was scored, 0 to 100." }),
] as const;

/** Fields of the events of a visit. */
interface VisitFact extends FactBase {
  /** 1 when absent. */
  readonly count?: number;
  readonly page?: string;
}

/** A parsed end of a session. */
export interface SessionFact extends VisitFact {
  readonly type: "session.ended";
  readonly pages: number;
  readonly seconds: number;
  readonly exitPage?: string;
}

/** A parsed page load. */
export interface PageLoadFact extends VisitFact {
  readonly type: "page.loaded";
  readonly milliseconds: number;
  readonly previousPage?: string;
}

/** A parsed visit from search. */
export interface SearchFact extends VisitFact {
  readonly type: "search.landed";
  readonly keyword?: string;
}

/** A parsed view of a call to action, or a click on one. */
export interface CtaFact extends VisitFact {
  readonly type: "cta.viewed" | "cta.clicked";
  readonly cta: string;
}

/** A parsed step of a cart. */
export interface CartFact extends FactBase {
  readonly type: "cart.started" | "cart.bought";
  readonly cartId: string;
}

/** A parsed probe. */
export interface ProbeFact extends FactBase {
  readonly type: "probe.checked";
  readonly count?: number;
  readonly target?: string;
  readonly up: boolean;
}

/** A parsed score of a page's fitness for mobile devices. */
export interface MobileScoreFact extends FactBase {
  readonly type: "mobile.scored";
  /** 0 to 100. */
  readonly score: number;
  readonly page?: string;
}

/** A parsed event of a website. */
export type WebFact =
  | SessionFact
  | PageLoadFact
  | SearchFact
  | CtaFact
  | CartFact
  | ProbeFact
  | MobileScoreFact;
