import type { Fact } from "./parse.ts";

/** What facts are about, besides the customer whom they may name: a text about a customer's ticket is the customer's too. */

/** A ticket, an order or an invitation. */
export interface Matter {
  readonly kind: "ticket" | "order" | "invitation";
  readonly id: string;
}

/** What a fact is about. */
export function mattersOf(fact: Fact): Matter[] {
  return [
    ...("ticketId" in fact && fact.ticketId !== undefined
      ? [{ kind: "ticket", id: fact.ticketId } as const]
      : []),
    ...orderOf(fact),
    ...("invitationId" in fact && fact.invitationId !== undefined
      ? [{ kind: "invitation", id: fact.invitationId } as const]
      : []),
  ];
}

function orderOf(fact: Fact): Matter[] {
  return "orderId" in fact && fact.orderId !== undefined ? [{ kind: "order", id: fact.orderId }] : [];
}

/** Whether somebody wrote something in it. */
export function hasText(fact: Fact): boolean {
  return "comment" in fact || "message" in fact;
}

/**
 * By what a fact that names no customer is found when the customer of the matter is erased: by what its text is about, and an answer by its order, whose number
 * goes as well. Nothing where it has neither.
 */
export function mattersOfUnnamed(fact: Fact): Matter[] {
  if (fact.customerId !== undefined) return [];
  if (hasText(fact)) return mattersOf(fact);
  return fact.type === "response" ? orderOf(fact) : [];
}
