import fc from "fast-check";
import { expect, it } from "vitest";
import { deliveriesMessageSchema, messagesFor } from "../../../lib/jobs/webhooks/hand-over.ts";

it("each delivery is asked for once, in messages of one webhook", () => {
  const reference = fc.record({
    workspace: fc.constantFrom("one", "two"),
    webhook: fc.constantFrom("a", "b"),
    id: fc.uuid(),
  });
  fc.assert(
    fc.property(fc.uniqueArray(reference, { selector: ({ id }) => id, maxLength: 60 }), (entries) => {
      const messages = messagesFor(entries).map((message) => deliveriesMessageSchema.parse(message));
      const asked = messages.flatMap(({ ids, ...of }) => ids.map((id) => ({ ...of, id })));
      const sorted = (some: readonly { id: string }[]) => some.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      expect(sorted(asked)).toEqual(sorted(entries));
    }),
  );
});
