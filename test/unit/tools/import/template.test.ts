import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTemplate } from "../../../../lib/tools/import/template.ts";

describe("templates", () => {
  it("part text from columns", () => {
    expect(parseTemplate("order-{order_id}-{line}")).toEqual({
      parts: [{ text: "order-" }, { column: "order_id" }, { text: "-" }, { column: "line" }],
    });
  });

  it("know the row's number and the hash of what is read", () => {
    expect(parseTemplate("{#row}:{#hash}")).toEqual({
      parts: [{ special: "row" }, { text: ":" }, { special: "hash" }],
    });
  });

  it("take column names with spaces and signs", () => {
    expect(parseTemplate("{Order ID (new)}")).toEqual({ parts: [{ column: "Order ID (new)" }] });
  });

  it("write a brace by doubling it", () => {
    expect(parseTemplate("{{{a}}}")).toEqual({ parts: [{ text: "{" }, { column: "a" }, { text: "}" }] });
  });

  it("name columns that have braces themselves", () => {
    expect(parseTemplate("{size {{cm}}}x")).toEqual({ parts: [{ column: "size {cm}" }, { text: "x" }] });
  });

  it.each(["{a", "a}", "{}", "{ }"])("refuse %s", (template) => {
    expect(parseTemplate(template)).toHaveProperty("problem");
  });

  it("keep any text whose braces are doubled as it is", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseTemplate(text.replaceAll("{", "{{").replaceAll("}", "}}"));
        expect(parsed).toEqual({ parts: text === "" ? [] : [{ text }] });
      }),
    );
  });
});
