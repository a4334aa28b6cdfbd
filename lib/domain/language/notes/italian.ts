import { italianCustomersNotes } from "./italian/customers.ts";
import { italianJourneyNotes } from "./italian/journey.ts";
import { italianMoneyNotes } from "./italian/money.ts";
import { italianServiceNotes } from "./italian/service.ts";
import { italianSurveyNotes } from "./italian/survey.ts";
import { italianWebNotes } from "./italian/web.ts";
import type { MetricNotes } from "./metric-notes.ts";

/** What to know of metrics, in Italian. */
export const italianNotes: MetricNotes = {
  ...{ ...italianSurveyNotes, ...italianCustomersNotes, ...italianMoneyNotes },
  ...{ ...italianServiceNotes, ...italianWebNotes, ...italianJourneyNotes },
};
