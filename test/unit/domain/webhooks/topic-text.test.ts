import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { topicTextOf } from "../../../../lib/domain/webhooks/topic-text.ts";

const message = (telling?: { title: string; lines: string[]; link?: string }) => ({
  ...({ type: "alert.raised", timestamp: "2026-06-01T00:00:00Z", data: {} } as const),
  telling,
});

describe("what is published to the alarm topic", () => {
  it("says what happened, what stands behind it, where to read more, and of which workspace it is", () => {
    const telling = {
      title: "NPS is lower.",
      lines: ["30 after 50.", "", "Checkout."],
      link: "https://x/alerts",
    };
    expect(topicTextOf(message(telling), "shop")).toEqual({
      subject: "NPS is lower.",
      text: "NPS is lower.\n\n30 after 50.\nCheckout.\n\nhttps://x/alerts\n\ncx-metrics: shop",
    });
  });

  it("is its type where nobody said how it is said", () => {
    expect(topicTextOf(message(), "shop")).toEqual({
      subject: "alert.raised",
      text: "alert.raised\n\ncx-metrics: shop",
    });
  });

  it("has a subject that SNS takes and a text short enough for e-mail, whatever customers and names have in them", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 700 }),
      fc.string({ unit: "grapheme", maxLength: 300 }),
    );
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 60 }), (title, lines) => {
        const { subject, text: body } = topicTextOf(message({ title, lines }), "shop");
        expect(subject.length).toBeGreaterThan(0);
        expect(subject.length).toBeLessThan(100);
        expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
        expect(subject.isWellFormed() && body.isWellFormed()).toBe(true);
        expect(body.length).toBeLessThanOrEqual(16_000);
        // Nobody's text can look like another paragraph.
        expect(body.split("\n").length).toBeLessThanOrEqual(lines.length + 6);
        expect(body.endsWith("cx-metrics: shop")).toBe(true);
      }),
    );
  });
});
