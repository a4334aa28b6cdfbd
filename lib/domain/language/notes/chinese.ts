import { chineseCustomersNotes } from "./chinese/customers.ts";
import { chineseJourneyNotes } from "./chinese/journey.ts";
import { chineseMoneyNotes } from "./chinese/money.ts";
import { chineseServiceNotes } from "./chinese/service.ts";
import { chineseSurveyNotes } from "./chinese/survey.ts";
import { chineseWebNotes } from "./chinese/web.ts";
import type { MetricNotes } from "./metric-notes.ts";

/** What to know of metrics, in simplified Chinese. */
export const chineseNotes: MetricNotes = {
  ...{ ...chineseSurveyNotes, ...chineseCustomersNotes, ...chineseMoneyNotes },
  ...{ ...chineseServiceNotes, ...chineseWebNotes, ...chineseJourneyNotes },
};
