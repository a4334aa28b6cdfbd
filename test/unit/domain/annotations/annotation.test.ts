import { describe, expect, it } from "vitest";
import { annotationSchema, annotationsOf } from "../../../../lib/domain/annotations/annotation.ts";

const range = { from: "2026-10-01", to: "2026-10-31" };
const at = (id: string, from: string, more: { to?: string; dimensions?: Record<string, string> } = {}) => ({
  id,
  definition: { from, text: id, ...more },
});

describe("what is shown on some days", () => {
  it("is what touches them, in the order of its days", () => {
    const all = [
      at("last day", "2026-10-31"),
      at("before", "2026-09-30"),
      at("reaches in", "2026-09-01", { to: "2026-10-01" }),
      at("after", "2026-11-01"),
      at("first day", "2026-10-01"),
    ];
    expect(annotationsOf(all, range).map(({ id }) => id)).toEqual(["reaches in", "first day", "last day"]);
  });

  it("leaves out what is about facts that are filtered out, and nothing else", () => {
    const app = at("app", "2026-10-02", { dimensions: { channel: "app" } });
    const all = [app, at("all", "2026-10-03")];
    const shown = (filters: Record<string, string[]>) =>
      annotationsOf(all, range, filters).map(({ id }) => id);
    expect(shown({})).toEqual(["app", "all"]);
    expect(shown({ channel: ["app"] })).toEqual(["app", "all"]);
    expect(shown({ channel: ["web", "app"] })).toEqual(["app", "all"]);
    expect(shown({ channel: ["web"] })).toEqual(["all"]);
    expect(shown({ plan: ["pro"] })).toEqual(["app", "all"]);
  });
});

describe("an annotation", () => {
  it("has a day or several, a text, and perhaps a link and dimensions", () => {
    const given = { from: "2026-10-01", text: "Release", link: "https://example.com/x" };
    expect(annotationSchema.parse(given)).toEqual(given);
  });

  it.each([
    [{ from: "2026-10-01" }],
    [{ text: "x" }],
    [{ from: "2026-02-30", text: "x" }],
    [{ from: "2026-10-02", to: "2026-10-01", text: "x" }],
    [{ from: "2026-10-01", text: "" }],
    [{ from: "2026-10-01", text: "x".repeat(201) }],
    [{ from: "2026-10-01", text: "x", link: "javascript:alert(1)" }],
    [{ from: "2026-10-01", text: "x", link: "data:text/html,x" }],
    [{ from: "2026-10-01", text: "x", link: `https://example.com/${"x".repeat(500)}` }],
    [{ from: "2026-10-01", text: "x", color: "red" }],
    [{ from: "0001-01-01", text: "x" }],
  ])("is not %j", (body) => {
    expect(annotationSchema.safeParse(body).success).toBe(false);
  });
});
