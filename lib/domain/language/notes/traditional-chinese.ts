import type { MetricNotes } from "./metric-notes.ts";
import { traditionalChineseCustomersNotes } from "./traditional-chinese/customers.ts";
import { traditionalChineseJourneyNotes } from "./traditional-chinese/journey.ts";
import { traditionalChineseMoneyNotes } from "./traditional-chinese/money.ts";
import { traditionalChineseServiceNotes } from "./traditional-chinese/service.ts";
import { traditionalChineseSurveyNotes } from "./traditional-chinese/survey.ts";
import { traditionalChineseWebNotes } from "./traditional-chinese/web.ts";

/** What to know of metrics, in traditional Chinese. */
export const traditionalChineseNotes: MetricNotes = {
  ...{
    ...traditionalChineseSurveyNotes,
    ...traditionalChineseCustomersNotes,
    ...traditionalChineseMoneyNotes,
  },
  ...{ ...traditionalChineseServiceNotes, ...traditionalChineseWebNotes, ...traditionalChineseJourneyNotes },
};
