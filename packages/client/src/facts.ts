// Written by `npm run client:types` from the OpenAPI document: change the schemas in lib/domain/facts instead.

/** Somebody searched the knowledge base. With a customerId it tells, like an article.used without a ticketId, whether customers help themselves. */
export interface ArticleSearched {
  readonly type: "article.searched";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** What was searched for */
  readonly keyword?: string | undefined;
}

/** An article was used; credited to its author. */
export interface ArticleUsed {
  readonly type: "article.used";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** The article's id in your knowledge base */
  readonly articleId: string;
  /** The ticket's number in your systems: its events find each other by it, in any order of arrival */
  readonly ticketId?: string | undefined;
  /** Whether it resolved the case. When absent it did, if a ticketId is given. */
  readonly resolved?: boolean | undefined;
}

/** An article was created or improved. Whoever wrote it first is its author. */
export interface ArticleWritten {
  readonly type: "article.written";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** The article's id in your knowledge base */
  readonly articleId: string;
  /** Who wrote it */
  readonly agent?: string | undefined;
}

/** A caller hung up before anybody answered. */
export interface CallAbandoned {
  readonly type: "call.abandoned";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** The call's id in your telephone system */
  readonly callId: string;
  /** How many seconds the caller had waited by then, to the millisecond; when absent, the time since its call.queued */
  readonly seconds?: number | undefined;
  /** How often the caller was passed on, where you know it */
  readonly transfers?: number | undefined;
}

/** Somebody answered a caller who waited. The first answer of a call counts. */
export interface CallAnswered {
  readonly type: "call.answered";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** The call's id in your telephone system */
  readonly callId: string;
  /** How many seconds the caller had waited by then, to the millisecond; when absent, the time since its call.queued */
  readonly seconds?: number | undefined;
  /** How often the caller was passed on, where you know it */
  readonly transfers?: number | undefined;
}

/** A caller began to wait. */
export interface CallQueued {
  readonly type: "call.queued";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** The call's id in your telephone system */
  readonly callId: string;
}

/** A cart was paid for. Counts once its start is known, in whatever order the two arrive. */
export interface CartBought {
  readonly type: "cart.bought";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** The cart's id in your systems; must not name a person, as it stays when a customer is erased */
  readonly cartId: string;
}

/** The first thing was put into a cart. Its dimensions are the cart's segments; sent again with the same cartId it is the same cart. */
export interface CartStarted {
  readonly type: "cart.started";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** The cart's id in your systems; must not name a person, as it stays when a customer is erased */
  readonly cartId: string;
}

export interface CesResponse {
  readonly survey: "ces";
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** Which of your surveys was answered */
  readonly surveyId?: string | undefined;
  /** The invitation that was answered */
  readonly invitationId?: string | undefined;
  /** `invitation`: of the answers to this invitation that say so, in this survey (of the same `surveyId`, where they have one) and from this sender, only the one that was given last counts, whatever the order of arrival. The setting `latestAnswers` says so for all answers of a survey */
  readonly latest?: "invitation" | undefined;
  /** The ticket that was answered about: the answer counts under the ticket's dimensions (agent, category, channel …) too, unless it has its own */
  readonly ticketId?: string | undefined;
  /** The order that was answered about, as `orderId` of its purchase: the answer counts under the dimensions of the purchase too, unless it has its own. Taken in a workspace with `linkOrders`. Where a `ticketId` stands beside it, only the ticket's dimensions are taken */
  readonly orderId?: string | undefined;
  /** At most 5,000 characters */
  readonly comment?: string | undefined;
  readonly tags?: readonly (string)[] | undefined;
  /** 1-7 when absent */
  readonly scale?: "1-7" | "effort-1-5" | undefined;
  /** Within the scale, both ends included */
  readonly score: number;
}

export interface CsatResponse {
  readonly survey: "csat";
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** Which of your surveys was answered */
  readonly surveyId?: string | undefined;
  /** The invitation that was answered */
  readonly invitationId?: string | undefined;
  /** `invitation`: of the answers to this invitation that say so, in this survey (of the same `surveyId`, where they have one) and from this sender, only the one that was given last counts, whatever the order of arrival. The setting `latestAnswers` says so for all answers of a survey */
  readonly latest?: "invitation" | undefined;
  /** The ticket that was answered about: the answer counts under the ticket's dimensions (agent, category, channel …) too, unless it has its own */
  readonly ticketId?: string | undefined;
  /** The order that was answered about, as `orderId` of its purchase: the answer counts under the dimensions of the purchase too, unless it has its own. Taken in a workspace with `linkOrders`. Where a `ticketId` stands beside it, only the ticket's dimensions are taken */
  readonly orderId?: string | undefined;
  /** At most 5,000 characters */
  readonly comment?: string | undefined;
  readonly tags?: readonly (string)[] | undefined;
  /** 1-5 when absent */
  readonly scale?: "1-5" | "1-3" | "1-4" | "1-6" | "1-7" | "1-10" | "0-10" | "0-5" | undefined;
  /** Within the scale, both ends included */
  readonly score: number;
}

/** A call to action was clicked. */
export interface CtaClicked {
  readonly type: "cta.clicked";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** How many alike this fact stands for, so that a busy site can send one for many; 1 when absent */
  readonly count?: number | undefined;
  /** Which call to action */
  readonly cta: string;
  /** A page or article: a path or an id, at most 100 characters */
  readonly page?: string | undefined;
}

/** A call to action was seen. */
export interface CtaViewed {
  readonly type: "cta.viewed";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** How many alike this fact stands for, so that a busy site can send one for many; 1 when absent */
  readonly count?: number | undefined;
  /** Which call to action */
  readonly cta: string;
  /** A page or article: a path or an id, at most 100 characters */
  readonly page?: string | undefined;
}

/** Someone became a customer. Its dimensions are the customer's segments. */
export interface CustomerJoined {
  readonly type: "customer.joined";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId: string;
}

/** A customer ended the relationship. */
export interface CustomerLeft {
  readonly type: "customer.left";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId: string;
  /** Why: one of a small number of reasons, by which churn-rate is told apart (groupBy=reason). The dimension `reason` says the same. A workspace's first 30 are counted by name, the others as `(other)`. */
  readonly reason?: string | undefined;
}

/** A lost customer came back. */
export interface CustomerReturned {
  readonly type: "customer.returned";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId: string;
}

export interface EsatResponse {
  readonly survey: "esat";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** Which of your surveys was answered */
  readonly surveyId?: string | undefined;
  /** The invitation that was answered */
  readonly invitationId?: string | undefined;
  /** `invitation`: of the answers to this invitation that say so, in this survey (of the same `surveyId`, where they have one) and from this sender, only the one that was given last counts, whatever the order of arrival. The setting `latestAnswers` says so for all answers of a survey */
  readonly latest?: "invitation" | undefined;
  /** The ticket that was answered about: the answer counts under the ticket's dimensions (agent, category, channel …) too, unless it has its own */
  readonly ticketId?: string | undefined;
  /** The order that was answered about, as `orderId` of its purchase: the answer counts under the dimensions of the purchase too, unless it has its own. Taken in a workspace with `linkOrders`. Where a `ticketId` stands beside it, only the ticket's dimensions are taken */
  readonly orderId?: string | undefined;
  /** At most 5,000 characters */
  readonly comment?: string | undefined;
  readonly tags?: readonly (string)[] | undefined;
  /** 1-10 when absent */
  readonly scale?: "1-10" | "1-5" | undefined;
  /** Within the scale, both ends included */
  readonly score: number;
}

/** Something that happened */
export type Event = CustomerJoined | CustomerLeft | CustomerReturned | PurchaseMade | PurchaseRefunded | SubscriptionStarted | SubscriptionChanged | SubscriptionEnded | SpendRecorded | ReferralSent | ReferralConverted | InteractionMade | TicketOpened | TicketReplied | TicketResolved | TicketReopened | CallQueued | CallAnswered | CallAbandoned | ArticleWritten | ArticleUsed | ArticleSearched | InvitationSent | StageEntered | SessionEnded | PageLoaded | SearchLanded | CtaViewed | CtaClicked | CartStarted | CartBought | ProbeChecked | MobileScored | MentionSeen | ShareQuoted;

/** A customer was in touch with you at a touchpoint. Never makes a customer. */
export interface InteractionMade {
  readonly type: "interaction.made";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId: string;
  /** Where: one of a small number of names, as customers are engaged by how many different ones they use. Also stands for the dimension `touchpoint` */
  readonly touchpoint: string;
}

/** Someone was invited to answer a survey. Sent again under the same invitationId (a reminder) it is the same invitation. */
export interface InvitationSent {
  readonly type: "invitation.sent";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** The invitation: the response to it names the same */
  readonly invitationId: string;
  /** To which of your surveys it invites */
  readonly surveyId?: string | undefined;
}

/** Somebody mentioned the business in public; the network is the dimension `channel`. */
export interface MentionSeen {
  readonly type: "mention.seen";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** How many alike this fact stands for, so that a busy site can send one for many; 1 when absent */
  readonly count?: number | undefined;
  /** What was written, at most 5,000 characters: listed and searched in GET /v1/events, counted in GET /v1/terms. Erased with the customer whose customerId stands beside it */
  readonly message?: string | undefined;
  /** `neutral` where nobody has judged it */
  readonly sentiment: "positive" | "neutral" | "negative";
}

/** A page's fitness for mobile devices was scored, 0 to 100. */
export interface MobileScored {
  readonly type: "mobile.scored";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** 0 to 100, both included */
  readonly score: number;
  /** A page or article: a path or an id, at most 100 characters */
  readonly page?: string | undefined;
}

/** An amount of money */
export interface Money {
  /** Decimal string in major units */
  readonly amount: string;
  /** ISO 4217 currency code */
  readonly currency: string;
}

export interface NpsResponse {
  readonly survey: "nps";
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** Which of your surveys was answered */
  readonly surveyId?: string | undefined;
  /** The invitation that was answered */
  readonly invitationId?: string | undefined;
  /** `invitation`: of the answers to this invitation that say so, in this survey (of the same `surveyId`, where they have one) and from this sender, only the one that was given last counts, whatever the order of arrival. The setting `latestAnswers` says so for all answers of a survey */
  readonly latest?: "invitation" | undefined;
  /** The ticket that was answered about: the answer counts under the ticket's dimensions (agent, category, channel …) too, unless it has its own */
  readonly ticketId?: string | undefined;
  /** The order that was answered about, as `orderId` of its purchase: the answer counts under the dimensions of the purchase too, unless it has its own. Taken in a workspace with `linkOrders`. Where a `ticketId` stands beside it, only the ticket's dimensions are taken */
  readonly orderId?: string | undefined;
  /** At most 5,000 characters */
  readonly comment?: string | undefined;
  readonly tags?: readonly (string)[] | undefined;
  /** 0-10 when absent */
  readonly scale?: "0-10" | "1-10" | undefined;
  /** Within the scale, both ends included */
  readonly score: number;
}

/** A page was loaded by a visitor's browser. */
export interface PageLoaded {
  readonly type: "page.loaded";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** How many alike this fact stands for, so that a busy site can send one for many; 1 when absent */
  readonly count?: number | undefined;
  /** How long it took until the page was there */
  readonly milliseconds: number;
  /** A page or article: a path or an id, at most 100 characters */
  readonly page?: string | undefined;
  /** The page or article of yours from which the visitor came, by which next-page tells what people do after it */
  readonly previousPage?: string | undefined;
}

/** A monitor has checked whether a service is available. */
export interface ProbeChecked {
  readonly type: "probe.checked";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** How many alike this fact stands for, so that a busy site can send one for many; 1 when absent */
  readonly count?: number | undefined;
  /** What was checked */
  readonly target?: string | undefined;
  /** Whether it answered as it should */
  readonly up: boolean;
}

/** A customer bought something. Makes the customer join when unknown. Without customerId it counts in sales and orders only. */
export interface PurchaseMade {
  readonly type: "purchase.made";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** The order's number in your systems */
  readonly orderId: string;
  readonly money: Money;
}

/** Money was given back. Never makes a customer. */
export interface PurchaseRefunded {
  readonly type: "purchase.refunded";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** The order's number in your systems */
  readonly orderId?: string | undefined;
  readonly money: Money;
}

/** Someone came by a recommendation. Never makes a customer: a join or a purchase does. Who recommended you follows from the code, so that no fact names two persons. */
export interface ReferralConverted {
  readonly type: "referral.converted";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** Who came by the recommendation */
  readonly customerId: string;
  /** The link or code by which the referral is known again: one for each referrer, or for each referral. It stays in the facts when a person is erased: keep names out of it */
  readonly code?: string | undefined;
}

/** Someone recommended you to somebody else. */
export interface ReferralSent {
  readonly type: "referral.sent";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** Who recommends you */
  readonly customerId: string;
  /** The link or code by which the referral is known again: one for each referrer, or for each referral. It stays in the facts when a person is erased: keep names out of it */
  readonly code: string;
}

/** A visit came from an unpaid result of a search engine. */
export interface SearchLanded {
  readonly type: "search.landed";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** How many alike this fact stands for, so that a busy site can send one for many; 1 when absent */
  readonly count?: number | undefined;
  /** What was searched for, where it is known */
  readonly keyword?: string | undefined;
  /** The page or article on which the visit began */
  readonly page?: string | undefined;
}

/** A visit to the website is over. */
export interface SessionEnded {
  readonly type: "session.ended";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** How many alike this fact stands for, so that a busy site can send one for many; 1 when absent */
  readonly count?: number | undefined;
  /** How many pages were seen */
  readonly pages: number;
  /** How long it lasted */
  readonly seconds: number;
  /** The page on which it began */
  readonly page?: string | undefined;
  /** The page on which it ended */
  readonly exitPage?: string | undefined;
}

/** What a share cost at an instant. */
export interface ShareQuoted {
  readonly type: "share.quoted";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** The symbol under which the share is traded */
  readonly symbol: string;
  /** The price of one share: more than 0, below a billion */
  readonly money: Money;
}

/** Money was spent on winning customers: advertising, sales, rewards for referrals. Counts on its day; its dimensions say for what, for example the channel. */
export interface SpendRecorded {
  readonly type: "spend.recorded";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  readonly money: Money;
}

/** A customer, or someone who may become one, entered a stage of the journey. The same stage again counts once a journey. */
export interface StageEntered {
  readonly type: "stage.entered";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId: string;
  /** One of the workspace's `journeyStages`, or a stage of one of its `funnels` */
  readonly stage: string;
}

/** A subscription has another price, interval or quantity from then on, all three as they are now. Starts one that is not running. */
export interface SubscriptionChanged {
  readonly type: "subscription.changed";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId: string;
  /** The subscription's id in your systems. It is told apart for each customer: where a subscription goes to another customer, end it for the one and start it for the other, or it counts for both */
  readonly subscriptionId: string;
  /** What one unit costs in one interval, without taxes and after lasting discounts; 0 while it is free */
  readonly money: Money;
  /** The interval that the price is for */
  readonly interval: "month" | "quarter" | "year";
  /** How many units, seats for example; 1 when absent */
  readonly quantity?: number | undefined;
}

/** A subscription ended: from then on nothing is paid for it. Where it also starts at the very instant, it goes on if it ran before, and is over if it did not. */
export interface SubscriptionEnded {
  readonly type: "subscription.ended";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId: string;
  /** The subscription's id in your systems. It is told apart for each customer: where a subscription goes to another customer, end it for the one and start it for the other, or it counts for both */
  readonly subscriptionId: string;
}

/** A customer began to pay for a subscription. It makes nobody a customer by itself: send customer.joined as well where the relationship begins with it. */
export interface SubscriptionStarted {
  readonly type: "subscription.started";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId: string;
  /** The subscription's id in your systems. It is told apart for each customer: where a subscription goes to another customer, end it for the one and start it for the other, or it counts for both */
  readonly subscriptionId: string;
  /** What one unit costs in one interval, without taxes and after lasting discounts; 0 while it is free */
  readonly money: Money;
  /** The interval that the price is for */
  readonly interval: "month" | "quarter" | "year";
  /** How many units, seats for example; 1 when absent */
  readonly quantity?: number | undefined;
}

/** One answer to a survey */
export type SurveyResponse = NpsResponse | CsatResponse | CesResponse | EsatResponse | TaskCompletionResponse | VisitorIntentResponse;

export interface TaskCompletionResponse {
  readonly survey: "task-completion";
  /** Whether what the visitor came for was done */
  readonly completed: boolean;
  /** Whether it was done in the time that it may take; only of a completed task true */
  readonly inTime?: boolean | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** Which of your surveys was answered */
  readonly surveyId?: string | undefined;
  /** The invitation that was answered */
  readonly invitationId?: string | undefined;
  /** `invitation`: of the answers to this invitation that say so, in this survey (of the same `surveyId`, where they have one) and from this sender, only the one that was given last counts, whatever the order of arrival. The setting `latestAnswers` says so for all answers of a survey */
  readonly latest?: "invitation" | undefined;
  /** The ticket that was answered about: the answer counts under the ticket's dimensions (agent, category, channel …) too, unless it has its own */
  readonly ticketId?: string | undefined;
  /** The order that was answered about, as `orderId` of its purchase: the answer counts under the dimensions of the purchase too, unless it has its own. Taken in a workspace with `linkOrders`. Where a `ticketId` stands beside it, only the ticket's dimensions are taken */
  readonly orderId?: string | undefined;
  /** At most 5,000 characters */
  readonly comment?: string | undefined;
  readonly tags?: readonly (string)[] | undefined;
}

/** A customer made contact. The ticket keeps its dimensions (channel, category …) for its later events. Sent more than once for a ticket, the earliest is the opening. */
export interface TicketOpened {
  readonly type: "ticket.opened";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** What was written, at most 5,000 characters: listed and searched in GET /v1/events, counted in GET /v1/terms. Erased with the customer whose customerId stands beside it */
  readonly message?: string | undefined;
  /** The ticket's number in your systems: its events find each other by it, in any order of arrival */
  readonly ticketId: string;
}

/** A resolved ticket was opened again: the customer came back with the same issue. */
export interface TicketReopened {
  readonly type: "ticket.reopened";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** What was written, at most 5,000 characters: listed and searched in GET /v1/events, counted in GET /v1/terms. Erased with the customer whose customerId stands beside it */
  readonly message?: string | undefined;
  /** The ticket's number in your systems: its events find each other by it, in any order of arrival */
  readonly ticketId: string;
}

/** An agent replied to a ticket. */
export interface TicketReplied {
  readonly type: "ticket.replied";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** What was written, at most 5,000 characters: listed and searched in GET /v1/events, counted in GET /v1/terms. Erased with the customer whose customerId stands beside it */
  readonly message?: string | undefined;
  /** The ticket's number in your systems: its events find each other by it, in any order of arrival */
  readonly ticketId: string;
}

/** A ticket was resolved. */
export interface TicketResolved {
  readonly type: "ticket.resolved";
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** What was written, at most 5,000 characters: listed and searched in GET /v1/events, counted in GET /v1/terms. Erased with the customer whose customerId stands beside it */
  readonly message?: string | undefined;
  /** The ticket's number in your systems: its events find each other by it, in any order of arrival */
  readonly ticketId: string;
  /** How many contacts the resolution took, reassignments included, where you know it: 1 is first contact resolution. When absent the ticket's replies up to here are counted. */
  readonly contacts?: number | undefined;
}

export interface VisitorIntentResponse {
  readonly survey: "visitor-intent";
  /** What the visitor came for, as it was chosen among the answers offered: at most 100 characters. A workspace's first 30 are counted by name, the others as `(other)`. */
  readonly choice: string;
  /** Whether what the visitor came for was done */
  readonly completed?: boolean | undefined;
  /** The customer's id in your systems; not shown in logs. Must not begin with `erased:` */
  readonly customerId?: string | undefined;
  /** The same id is one fact for ever. Made by the server (UUIDv7) when absent. From a public key at most 115 characters. */
  readonly id?: string | undefined;
  /** When it happened; now when absent. At most 5 minutes in the future. */
  readonly occurredAt?: string | undefined;
  /** At most 10 names ([a-z][a-zA-Z0-9_]{0,39}) with values of at most 100 characters; `(none)`, `(other)` and `(inactive)` are no values */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** The id of an earlier fact of the same type and sender that this one replaces: an edited review, a corrected amount. In one step that one is taken out of the counts, and this one counts */
  readonly supersedes?: string | undefined;
  /** Which of your surveys was answered */
  readonly surveyId?: string | undefined;
  /** The invitation that was answered */
  readonly invitationId?: string | undefined;
  /** `invitation`: of the answers to this invitation that say so, in this survey (of the same `surveyId`, where they have one) and from this sender, only the one that was given last counts, whatever the order of arrival. The setting `latestAnswers` says so for all answers of a survey */
  readonly latest?: "invitation" | undefined;
  /** The ticket that was answered about: the answer counts under the ticket's dimensions (agent, category, channel …) too, unless it has its own */
  readonly ticketId?: string | undefined;
  /** The order that was answered about, as `orderId` of its purchase: the answer counts under the dimensions of the purchase too, unless it has its own. Taken in a workspace with `linkOrders`. Where a `ticketId` stands beside it, only the ticket's dimensions are taken */
  readonly orderId?: string | undefined;
  /** At most 5,000 characters */
  readonly comment?: string | undefined;
  readonly tags?: readonly (string)[] | undefined;
}
