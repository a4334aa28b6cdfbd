import { expect, it } from "vitest";
import { hasDimensions } from "../../../../lib/api/pipeline/dimension-filters.ts";

it("all dimensions asked for must have their values, and (none) asks for those without any", () => {
  expect(hasDimensions({ channel: "web", plan: "pro" }, { channel: "web", plan: "pro" })).toBe(true);
  expect(hasDimensions({ channel: "web", plan: "pro" }, { channel: "web", plan: "free" })).toBe(false);
  expect(hasDimensions({ channel: "web" }, { channel: "web", plan: "(none)" })).toBe(true);
  expect(hasDimensions({ channel: "web" }, { channel: "(none)" })).toBe(false);
  expect(hasDimensions({}, { plan: "free" })).toBe(false);
});
