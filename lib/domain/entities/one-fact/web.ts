import type { EnrichedFact } from "../enriched-fact.ts";
import type { Occurrence } from "../occurrences/occurrence.ts";

/** Occurrences of events of a website, and of mentions. */
export function webOccurrences({ fact, day, segments }: EnrichedFact): Occurrence[] {
  switch (fact.type) {
    case "session.ended": {
      const { pages, seconds, count = 1 } = fact;
      return [{ kind: "sessions-ended", day, segments, count, pages, seconds }];
    }
    case "page.loaded": {
      const { milliseconds, count = 1, page, previousPage } = fact;
      // Loading the same page again is no next page.
      const isNext =
        previousPage === undefined ? {} : { isNext: page !== undefined && page !== previousPage };
      return [{ kind: "pages-loaded", day, segments, count, milliseconds, ...isNext }];
    }
    case "search.landed":
      return [{ kind: "search-landed", day, segments, count: fact.count ?? 1 }];
    case "cta.viewed":
      return [{ kind: "cta-viewed", day, segments, count: fact.count ?? 1 }];
    case "cta.clicked":
      return [{ kind: "cta-clicked", day, segments, count: fact.count ?? 1 }];
    case "probe.checked":
      return [{ kind: "probed", day, segments, count: fact.count ?? 1, isUp: fact.up }];
    case "mobile.scored":
      return [{ kind: "mobile-scored", day, segments, score: fact.score }];
    case "mention.seen":
      return [{ kind: "mentioned", day, segments, count: fact.count ?? 1, sentiment: fact.sentiment }];
    default:
      return [];
  }
}
