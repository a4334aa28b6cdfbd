import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeText, html, Markup } from "../../../lib/report/html.ts";

describe("a template", () => {
  it("escapes what is put into elements and attributes, and leaves markup as it is", () => {
    const link = html`<a title="${`"'<&>`}">${"<script>alert(1)</script>"}${new Markup("<b>bold</b>")}</a>`;
    expect(link.text).toBe(
      '<a title="&quot;&#39;&lt;&amp;&gt;">&lt;script&gt;alert(1)&lt;/script&gt;<b>bold</b></a>',
    );
  });

  it("writes lists one after the other, and nothing for what is absent", () => {
    expect(html`${["a", ["<"], html`<i>c</i>`]}${undefined}${null}${false}${0}`.text).toBe("a&lt;<i>c</i>0");
  });

  it("leaves no character that could end an element or an attribute, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escapeText(text)).not.toMatch(/[<>"']/);
        expect(escapeText(text)).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/);
      }),
    );
  });

  it("leaves out control characters, which HTML does not have, and keeps line breaks and other scripts", () => {
    expect(escapeText("a\u0000b\u0008c\u007f\nd\té مرحبا\u200b\u202e😀")).toBe(
      "abc\nd\té مرحبا\u200b\u202e😀",
    );
  });
});
