import type { Fact } from "./parse.ts";

/** What facts are about, besides the customer whom they may name: a text about a customer's ticket is the customer's too. */

/** A ticket or an invitation. */
export interface Matter {
  readonly kind: "ticket" | "invitation";
  readonly id: string;
}

/** What a fact is about. */
export function mattersOf(fact: Fact): Matter[] {
  return [
    ...("ticketId" in fact && fact.ticketId !== undefined
      ? [{ kind: "ticket", id: fact.ticketId } as const]
      : []),
    ...("invitationId" in fact && fact.invitationId !== undefined
      ? [{ kind: "invitation", id: fact.invitationId } as const]
      : []),
  ];
}

/** Whether somebody wrote something in it. */
export function hasText(fact: Fact): boolean {
  return "comment" in fact || "message" in fact;
}

/** What the text of a fact is about that names no customer: nothing where it has no text. */
export function mattersOfUnnamedText(fact: Fact): Matter[] {
  return fact.customerId === undefined && hasText(fact) ? mattersOf(fact) : [];
}
