import { withoutTurning } from "../text/direction.ts";
import { shortened } from "../text/shortened.ts";
import type { WebhookMessage } from "./announcement.ts";

/** What is published to the alarm topic: plain text, which its subscribers mostly read as e-mail. */

/** SNS takes subjects of less than 100 characters, without control characters (its API reference, `Publish`). It may count UTF-16 code units. */
const subjectCharacters = 99;
const lineCharacters = 500;
const maxLines = 30;

/** A text for the topic. */
export interface TopicText {
  readonly subject: string;
  readonly text: string;
}

/** A message as text: what happened, what stands behind it, where to read more, and of which workspace it is. At most 16,000 characters. */
export function topicTextOf({ type, telling }: WebhookMessage, workspace: string): TopicText {
  const { title, lines, link } = telling ?? { title: type, lines: [] };
  const said = lines.map(oneLine).filter((line) => line !== "");
  const kept = said.slice(0, maxLines).map((line) => shortened(line, lineCharacters));
  const parts = [
    shortened(oneLine(title), lineCharacters),
    [...kept, ...(said.length > maxLines ? ["…"] : [])].join("\n"),
    link ?? "",
    `cx-metrics: ${workspace}`,
  ];
  return {
    subject: shortened(oneLine(title), subjectCharacters) || type,
    text: parts.filter((part) => part !== "").join("\n\n"),
  };
}

/** Without anything that ends a line, turns it round, or is no character. */
function oneLine(text: string): string {
  return withoutTurning(text.toWellFormed())
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
}
