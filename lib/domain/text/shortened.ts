/**
 * A text of at most so many UTF-16 code units, of which a character has one or two: the beginning of a longer one, with a sign that there is more.
 * @param most at least 1
 */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}
