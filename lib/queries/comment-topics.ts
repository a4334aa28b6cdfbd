import { TermCounter } from "../domain/text/terms.ts";
import type { StoredResponse } from "../store/records/responses.ts";

/** At most so many topics. */
const maxTopics = 3;

/** What several of some comments are about: tags first, then words. */
export function topicsOf(responses: readonly StoredResponse[]): string[] {
  const tags = new Map<string, number>();
  const words = new TermCounter();
  for (const { fact } of responses) {
    for (const tag of new Set(fact.tags)) tags.set(tag, (tags.get(tag) ?? 0) + 1);
    words.add(fact.comment ?? "");
  }
  const frequent = [...tags].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  const all = [
    ...frequent.map(([tag, comments]) => ({ name: tag, comments })),
    ...words.top(maxTopics).map(({ term, comments }) => ({ name: term, comments })),
  ];
  const names = all.filter(({ comments }) => comments > 1).map(({ name }) => name);
  // A tag and a word are often the same.
  const isFirst = (name: string, at: number) =>
    names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === at;
  return names.filter(isFirst).slice(0, maxTopics);
}
