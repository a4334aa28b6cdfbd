import { expect, it } from "vitest";
import { bodyOf } from "../../../../lib/domain/webhooks/formats.ts";

const message = {
  type: "digest.ready" as const,
  timestamp: "2026-11-30T08:00:00.000Z",
  data: { from: "2026-11-23" },
  telling: { title: "NPS <up> & away", lines: ["<!channel> fell", ""], link: "https://example.com/report" },
};
const parsed = (format: "standard" | "slack" | "teams"): unknown => JSON.parse(bodyOf(format, message));

it("the standard form has the type, the time and the data, and not how it is said", () => {
  const { telling: _, ...standard } = message;
  expect(parsed("standard")).toEqual(standard);
});

it("Slack gets what is said as plain text, so that nothing in it calls a channel", () => {
  expect(parsed("slack")).toEqual({
    text: "NPS &lt;up&gt; &amp; away",
    blocks: [
      { type: "header", text: { type: "plain_text", text: "NPS <up> & away" } },
      { type: "section", text: { type: "plain_text", text: "<!channel> fell" } },
      { type: "section", text: { type: "plain_text", text: "https://example.com/report" } },
    ],
  });
});

it("Slack gets no more characters than it takes", () => {
  const title = "é".repeat(200);
  const { blocks } = JSON.parse(
    bodyOf("slack", { ...message, telling: { title, lines: ["x".repeat(4_000)] } }),
  ) as {
    blocks: { text: { text: string } }[];
  };
  expect(blocks.map(({ text }) => text.text.length)).toEqual([150, 3_000]);
});

it("Teams gets an adaptive card of text runs, which know no markup", () => {
  expect(parsed("teams")).toMatchObject({
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        content: {
          type: "AdaptiveCard",
          body: [
            {
              type: "RichTextBlock",
              inlines: [{ type: "TextRun", text: "NPS <up> & away", weight: "Bolder" }],
            },
            { type: "RichTextBlock", inlines: [{ type: "TextRun", text: "<!channel> fell" }] },
            { type: "RichTextBlock", inlines: [{ type: "TextRun", text: "" }] },
          ],
          actions: [{ type: "Action.OpenUrl", url: "https://example.com/report" }],
        },
      },
    ],
  });
});
