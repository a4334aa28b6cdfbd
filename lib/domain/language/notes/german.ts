import { germanCustomersNotes } from "./german/customers.ts";
import { germanJourneyNotes } from "./german/journey.ts";
import { germanMoneyNotes } from "./german/money.ts";
import { germanServiceNotes } from "./german/service.ts";
import { germanSurveyNotes } from "./german/survey.ts";
import { germanWebNotes } from "./german/web.ts";
import type { MetricNotes } from "./metric-notes.ts";

/** What to know of metrics, in German. */
export const germanNotes: MetricNotes = {
  ...{ ...germanSurveyNotes, ...germanCustomersNotes, ...germanMoneyNotes },
  ...{ ...germanServiceNotes, ...germanWebNotes, ...germanJourneyNotes },
};
