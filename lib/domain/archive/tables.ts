import type { EventType } from "../facts/events.ts";
import type { Column, ColumnKind } from "./columns.ts";

/** The tables of the archive: one a family of facts, and which column holds what of a fact. */

/** A column, and the field of a fact that it holds. */
export interface FieldColumn extends Column {
  /** The field of the fact itself, of what the ledger knows about it, or something that follows from them. */
  readonly of: "fact" | "stored" | "derived";
  readonly field: string;
}

/** A table of facts. */
export interface FactTable {
  readonly name: string;
  /** The meaning of a row. */
  readonly description: string;
  /** The types of facts in it. */
  readonly types: readonly (EventType | "response")[];
  /** In their order in the file. */
  readonly columns: readonly FieldColumn[];
}

function column(of: FieldColumn["of"], field: string, kind: ColumnKind, isRequired = false): FieldColumn {
  return { of, field, kind, isRequired, name: field.replaceAll(/[A-Z]/g, (one) => `_${one.toLowerCase()}`) };
}

/** The columns that every table begins with. */
const commonColumns: readonly FieldColumn[] = [
  column("fact", "id", "text", true),
  column("fact", "type", "text", true),
  column("fact", "occurredAt", "instant", true),
  column("stored", "recordedAt", "instant", true),
  column("stored", "day", "day", true),
  column("fact", "customerId", "text"),
  column("fact", "dimensions", "map", true),
  column("derived", "dimensionsJson", "text", true),
  column("stored", "segments", "map", true),
  column("stored", "excluded", "flag", true),
  column("stored", "publicKey", "text"),
  column("stored", "erasedAt", "text"),
  column("fact", "supersedes", "text"),
];

const text = (field: string) => column("fact", field, "text");
const integer = (field: string) => column("fact", field, "integer");
const flag = (field: string) => column("fact", field, "flag");
const money: readonly FieldColumn[] = [
  column("fact", "amount", "amount"),
  column("fact", "currency", "text"),
];

function table(
  name: string,
  types: FactTable["types"],
  description: string,
  ...columns: readonly FieldColumn[]
): FactTable {
  return { name, types, description, columns: [...commonColumns, ...columns] };
}

const responses = table(
  "responses",
  ["response"],
  "an answer to a survey",
  ...[text("survey"), text("scale"), integer("score"), flag("completed"), flag("inTime"), text("choice")],
  ...[text("surveyId"), text("invitationId"), text("ticketId"), text("orderId"), text("comment")],
  text("latest"),
  column("fact", "tags", "texts"),
  column("stored", "countedAs", "text"),
  column("stored", "hadComment", "flag"),
  column("stored", "orderKey", "text"),
);

/** Every table of facts, by name. */
export const factTables: readonly FactTable[] = [
  responses,
  table(
    "purchases",
    ["purchase.made", "purchase.refunded"],
    "a purchase, or a refund",
    text("orderId"),
    ...money,
    column("stored", "orderKey", "text"),
  ),
  table(
    "subscriptions",
    ["subscription.started", "subscription.changed", "subscription.ended"],
    "a subscription started, changed or ended",
    ...[text("subscriptionId"), ...money, text("interval"), integer("quantity")],
  ),
  table(
    "customers",
    ["customer.joined", "customer.left", "customer.returned"],
    "a customer joined, left or came back",
    text("reason"),
    column("stored", "countedAs", "text"),
  ),
  table(
    "tickets",
    ["ticket.opened", "ticket.replied", "ticket.resolved", "ticket.reopened"],
    "something happened to a ticket",
    text("ticketId"),
    integer("contacts"),
    text("message"),
  ),
  table(
    "calls",
    ["call.queued", "call.answered", "call.abandoned"],
    "a caller began to wait, was answered or hung up",
    ...[text("callId"), column("fact", "seconds", "fraction"), integer("transfers")],
  ),
  table(
    "articles",
    ["article.written", "article.used", "article.searched"],
    "an article was written, used or searched for",
    ...[text("articleId"), text("agent"), text("ticketId"), flag("resolved"), text("keyword")],
  ),
  table(
    "sessions",
    ["session.ended"],
    "visits that ended: `count` of them",
    ...[integer("count"), integer("pages"), integer("seconds"), text("page"), text("exitPage")],
  ),
  table(
    "page_loads",
    ["page.loaded"],
    "page loads: `count` of them",
    ...[integer("count"), integer("milliseconds"), text("page"), text("previousPage")],
  ),
  table(
    "searches",
    ["search.landed"],
    "visits from search: `count` of them",
    ...[integer("count"), text("keyword"), text("page")],
  ),
  table(
    "ctas",
    ["cta.viewed", "cta.clicked"],
    "views of a call to action, or clicks: `count` of them",
    ...[integer("count"), text("cta"), text("page")],
  ),
  table("carts", ["cart.started", "cart.bought"], "a cart was started or bought", text("cartId")),
  table(
    "probes",
    ["probe.checked"],
    "checks of whether a service is there: `count` of them",
    ...[integer("count"), text("target"), flag("up")],
  ),
  table("mobile_scores", ["mobile.scored"], "a page's mobile score", integer("score"), text("page")),
  table(
    "mentions",
    ["mention.seen"],
    "mentions in public: `count` of them",
    integer("count"),
    text("sentiment"),
    text("message"),
  ),
  table("quotes", ["share.quoted"], "what a share cost", text("symbol"), ...money),
  table(
    "invitations",
    ["invitation.sent"],
    "an invitation to a survey",
    text("invitationId"),
    text("surveyId"),
  ),
  table(
    "interactions",
    ["interaction.made"],
    "a customer was in touch",
    text("touchpoint"),
    column("stored", "countedAs", "text"),
  ),
  table("stages", ["stage.entered"], "a customer entered a stage of the journey", text("stage")),
  table(
    "referrals",
    ["referral.sent", "referral.converted"],
    "a recommendation was made, or brought somebody",
    text("code"),
  ),
  table("spends", ["spend.recorded"], "money spent on winning customers", ...money),
];

const byType = new Map(factTables.flatMap((one) => one.types.map((type) => [type, one] as const)));

/**
 * The table of a type of fact.
 * @throws RangeError for a type that no table has
 */
export function tableOfType(type: EventType | "response"): FactTable {
  const found = byType.get(type);
  if (!found) throw new RangeError(`no table holds facts of the type ${type}`);
  return found;
}
