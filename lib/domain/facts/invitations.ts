import * as z from "zod";
import { aboutFields, type FactBase, factIdSchema } from "./base.ts";

/** Events of survey invitations. */

/** The schemas of these events. */
export const invitationEvents = [
  z
    .strictObject({
      type: z.literal("invitation.sent"),
      ...aboutFields,
      invitationId: factIdSchema.meta({
        description: "The invitation: the response to it names the same",
        example: "invitation-2026-000123",
      }),
      surveyId: factIdSchema.optional().meta({ description: "To which of your surveys it invites" }),
    })
    .meta({
      id: "InvitationSent",
      description:
        "Someone was invited to answer a survey. Sent again under the same invitationId (a reminder) it is the same invitation.",
    }),
] as const;

/** A parsed invitation. */
export interface InvitationFact extends FactBase {
  readonly type: "invitation.sent";
  readonly invitationId: string;
  readonly surveyId?: string;
}
