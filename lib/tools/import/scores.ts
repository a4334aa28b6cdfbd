import { RowProblem } from "./problems.ts";

/** Answers that are given by words and signs, by where they are on a scale. */
const places: readonly (readonly [place: "top" | "middle" | "bottom", words: ReadonlySet<string>])[] = [
  [
    "bottom",
    new Set(
      "bad|negative|poor|thumbs down|thumbsdown|down|no|false|dislike|unhappy|unsatisfied|dissatisfied|not satisfied|👎|😞|🙁|☹|😡|schlecht|mauvais|malo|cattivo|slecht|mau".split(
        "|",
      ),
    ),
  ],
  [
    "top",
    new Set(
      "good|positive|great|thumbs up|thumbsup|up|yes|true|like|happy|satisfied|👍|😀|🙂|😃|😍|gut|bon|bueno|buono|bom|goed".split(
        "|",
      ),
    ),
  ],
  ["middle", new Set("neutral|ok|okay|average|so so|😐|mittel|moyen|regular|medio".split("|"))],
];

/**
 * Reads a score on a scale: `4`, `4 - Good`, `4/5`, `4 of 5`, `4 stars`, `★★★★☆`, `good` and `bad`, thumbs.
 * @param scale such as `1-5`: words are its ends or its middle
 * @throws RowProblem when it cannot be read
 */
export function readScore(text: string, scale: string): number {
  const [from = 0, to = 0] = scale.split("-").map(Number);
  const stars = /^[★⭐🌟]+\uFE0F?[☆\s]*$/u.test(text) ? (text.match(/[★⭐🌟]/gu) ?? []).length : undefined;
  if (stars !== undefined) return stars;
  const number = /^(\d+(?:[.,]0+)?)\s*(?:(?:\/|of|out of|von|sur|de|su)\s*(\d+)|\p{L}+|[-–—:=(].*)?$/iu.exec(
    text,
  );
  if (number) {
    const [, score = "", most] = number;
    if (most !== undefined && Number(most) !== to) {
      throw new RowProblem(`"${text}" is on another scale than ${scale}`);
    }
    return Number(score.replace(",", "."));
  }
  const word = text
    .toLowerCase()
    .replace(/[\uFE0F\u{1F3FB}-\u{1F3FF}!.]/gu, "")
    .replace(/[_-]/g, " ")
    .replace(/ with comment$/, "")
    .trim();
  const place = places.find(([, words]) => words.has(word))?.[0];
  if (place === "top") return to;
  if (place === "bottom") return from;
  if (place === "middle" && (from + to) % 2 === 0) return (from + to) / 2;
  throw new RowProblem(`"${text}" is no score on ${scale}`);
}
