import type { Telling, WebhookMessage } from "./announcement.ts";

/** The form in which a message is sent. */

export const formats = ["standard", "slack", "teams"] as const;

export type Format = (typeof formats)[number];

/** The lengths and the number of parts that Slack takes (docs.slack.dev, "Blocks"). */
const slackHeader = 150;
const slackText = 3_000;
const maxParts = 40;

type Render = (message: WebhookMessage) => unknown;

/** Slack's and Teams' incoming webhooks take a form of their own: what is said goes there as plain text, so that nothing in it is taken for markup or calls a whole channel. */
const renders: Readonly<Record<Format, Render>> = {
  standard: ({ type, timestamp, data }) => ({ type, timestamp, data }),

  slack: (message) => {
    const { title, lines, link } = tellingOf(message);
    const plain = (text: string, most: number) => ({ type: "plain_text", text: shortened(text, most) });
    const said = [...lines, ...(link === undefined ? [] : [link])].filter((line) => line !== "");
    return {
      text: escaped(title),
      blocks: [
        { type: "header", text: plain(title, slackHeader) },
        ...said.slice(0, maxParts).map((line) => ({ type: "section", text: plain(line, slackText) })),
      ],
    };
  },

  teams: (message) => {
    const { title, lines, link } = tellingOf(message);
    const part = (text: string, look: object = {}) => ({
      type: "RichTextBlock",
      inlines: [{ type: "TextRun", text: shortened(text, slackText), ...look }],
    });
    const content = {
      $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
      ...{ type: "AdaptiveCard", version: "1.4" },
      body: [
        part(title, { weight: "Bolder", size: "Medium" }),
        ...lines.slice(0, maxParts).map((line) => part(line)),
      ],
      ...(link === undefined ? {} : { actions: [{ type: "Action.OpenUrl", title: link, url: link }] }),
    };
    return {
      type: "message",
      attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content }],
    };
  },
};

/** The body of a delivery, JSON. */
export function bodyOf(format: Format, message: WebhookMessage): string {
  return JSON.stringify(renders[format](message));
}

/** What is said of a message; where nobody said how, its type. */
function tellingOf({ type, telling }: WebhookMessage): Telling {
  return telling ?? { title: type, lines: [] };
}

function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** Slack's three characters with a meaning. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
