import { expect, it } from "vitest";
import { withoutTurning } from "../../../../lib/domain/text/direction.ts";

it("nothing that was written turns round what comes after it, and letters of any direction stay", () => {
  expect(withoutTurning("\u202eturned\u202c \u2067round\u2069")).toBe("turned round");
  expect(withoutTurning("שלום, السلام\u200d!")).toBe("שלום, السلام\u200d!");
});
