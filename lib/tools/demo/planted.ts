import type { Span, Story } from "./story.ts";

/** Planted effects, and the numbers in which they have to show. */

/** A number that moves while something happens, against as many days before. */
export interface Effect {
  /** A metric's id. */
  readonly metric: string;
  /** One of the metric's components, where it is not the value that moves. */
  readonly component?: string;
  /** Where it moves to. */
  readonly moves: "up" | "down";
  /** When it shows. */
  readonly span: Span;
}

/** Something that happened, and what it did. */
export interface Planted {
  readonly title: string;
  readonly span: Span;
  readonly effects: readonly Effect[];
}

/** Everything that is planted in a story, in the order in which it happened. */
export function plantedIn(story: Story): Planted[] {
  const { campaign, redesign, badRelease, churnWave, film, outage } = story;
  // Effects that last are measured in as many days as a month has, against the month before.
  const firstMonth = { first: redesign.first, last: redesign.first + campaign.last - campaign.first };
  const all = [
    ...story.seasons.map((season) =>
      plantedAt("Season: people buy for the holidays", season, [["sales", "up"]]),
    ),
    plantedAt("Campaign: money is spent, customers come and bring their friends", campaign, [
      ["acquisition-cost", "up", "spent"],
      ["customers", "up", "new"],
      ["referral-rate", "up", "referralsSent"],
      ["visitor-intent", "up", "sharePercent Buy"],
    ]),
    plantedAt("Redesign: the shop is easier from this day on", firstMonth, [
      ["task-completion", "up"],
      ["cart-abandonment", "down"],
      ["bounce-rate", "down"],
      ["cta-engagement", "up"],
      ["mobile-score", "up"],
    ]),
    plantedAt("Bad release: everything is harder and slower", badRelease, [
      ["ces", "down"],
      ["csat", "down"],
      ["nps", "down"],
      ["contact-volume", "up"],
      ["resolution-time", "up"],
      ["queue-abandonment", "up"],
      ["page-speed", "up"],
    ]),
    plantedAt("Churn wave: who did not forgive the release leaves in the weeks after it", churnWave, [
      ["churn-rate", "up"],
      ["retention-rate", "down"],
    ]),
    plantedAt("Film: many talk of the company", film, [["social-mentions", "up"]]),
    plantedAt("Outage: the shop is down for six hours", outage, [["uptime", "down"]]),
  ];
  return all.sort((a, b) => a.span.first - b.span.first || a.span.last - b.span.last);
}

type Shown = readonly [metric: string, moves: Effect["moves"], component?: string];

function plantedAt(title: string, span: Span, shown: readonly Shown[]): Planted {
  const effects = shown.map(([metric, moves, component]): Effect => {
    return { metric, moves, span, ...(component === undefined ? {} : { component }) };
  });
  return { title, span, effects };
}
