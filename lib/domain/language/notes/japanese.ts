import { japaneseCustomersNotes } from "./japanese/customers.ts";
import { japaneseJourneyNotes } from "./japanese/journey.ts";
import { japaneseMoneyNotes } from "./japanese/money.ts";
import { japaneseServiceNotes } from "./japanese/service.ts";
import { japaneseSurveyNotes } from "./japanese/survey.ts";
import { japaneseWebNotes } from "./japanese/web.ts";
import type { MetricNotes } from "./metric-notes.ts";

/** What to know of metrics, in Japanese. */
export const japaneseNotes: MetricNotes = {
  ...{ ...japaneseSurveyNotes, ...japaneseCustomersNotes, ...japaneseMoneyNotes },
  ...{ ...japaneseServiceNotes, ...japaneseWebNotes, ...japaneseJourneyNotes },
};
