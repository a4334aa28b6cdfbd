import { expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

it("next-page counts the loads that came from another page, each as often as it stands for", () => {
  const load = (page: string, previousPage?: string, count = 1) => ({
    ...{ type: "page.loaded", page, milliseconds: 900, count, occurredAt: "2026-03-04T10:00:00Z" },
    ...(previousPage === undefined ? {} : { previousPage }),
  });
  const facts = [load("/a", "/help", 3), load("/b", "/help"), load("/help", "/help", 7), load("/help")];
  expect(new Counted(facts).measure("next-page", "2026-03-01", "2026-03-31")).toMatchObject({
    ...{ value: 4, n: 4, components: { moves: 4 } },
  });
});
