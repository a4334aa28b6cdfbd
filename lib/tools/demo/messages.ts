import type { Sentiment } from "../../domain/facts/market.ts";
import type { Random } from "./random.ts";

/** What people write when they open a ticket, and in public. */

const ofTickets: Readonly<Record<string, readonly [string, ...string[]]>> = {
  delivery: ["Where is my parcel? It should have been here on Monday.", "Mein Paket ist nicht angekommen."],
  returns: ["How do I send the shoes back?", "The return label does not print."],
  billing: ["I was charged twice for one order.", "The invoice names the wrong address."],
  product: ["Which size fits a wide foot?", "The bag's zip broke after a week."],
  login: ["I cannot log in since yesterday.", "The password mail never arrives."],
  app: ["The app closes as soon as I open the basket.", "Since the update the app is slow."],
};

const ofMentions: Readonly<Record<Sentiment, readonly [string, ...string[]]>> = {
  positive: ["Lovely shoes, and here in two days!", "Best service I have had from a shop."],
  neutral: ["They have a sale this week.", "Has anybody ordered there?"],
  negative: ["Third parcel in a row that is late.", "Their app is broken again."],
};

/** The message of a ticket, where its customer wrote one. */
export function ticketMessage(category: string, random: Random): { readonly message?: string } {
  const some = ofTickets[category];
  return some && random.chance(0.8) ? { message: random.pick(some) } : {};
}

/** The message of a mention. */
export function mentionMessage(sentiment: Sentiment, random: Random): { readonly message: string } {
  return { message: random.pick(ofMentions[sentiment]) };
}
