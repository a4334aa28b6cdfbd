import { keepRendered } from "../lib/api/pipeline/kept-pages.ts";
import { pageEndpoint } from "../lib/api/pipeline/page-endpoint.ts";
import { showAlertForm, showAlerts } from "../lib/api/routes/pages/alerts.ts";
import { showAnnotationForm, showAnnotations } from "../lib/api/routes/pages/annotations.ts";
import { showCohorts } from "../lib/api/routes/pages/cohorts.ts";
import { showComments } from "../lib/api/routes/pages/comments.ts";
import { showCustomer } from "../lib/api/routes/pages/customers.ts";
import { showDocumentation } from "../lib/api/routes/pages/documentation.ts";
import { showGoalForm } from "../lib/api/routes/pages/goal-form.ts";
import { showGoals } from "../lib/api/routes/pages/goals.ts";
import { chooseLanguage } from "../lib/api/routes/pages/language.ts";
import { downloadMetric, showMetric, showOverview } from "../lib/api/routes/pages/metrics.ts";
import { showScript } from "../lib/api/routes/pages/script.ts";
import { showSegments } from "../lib/api/routes/pages/segments.ts";
import { signIn, signOut } from "../lib/api/routes/pages/session.ts";
import { openSharedLink, showSharedLink, showShares } from "../lib/api/routes/pages/shares.ts";
import { showSurvival } from "../lib/api/routes/pages/survival.ts";
import { showWebhookForm, showWebhooks } from "../lib/api/routes/pages/webhooks.ts";

/** Serves the pages. They need a session with a key that may read. */
export const handler = pageEndpoint({
  pages: {
    "GET /": keepRendered(showOverview),
    "GET /metrics/{id}": keepRendered(showMetric),
    "GET /metrics/{id}/values.csv": downloadMetric,
    "GET /comments": showComments,
    "GET /customers": showCustomer,
    "GET /cohorts": showCohorts,
    "GET /survival": showSurvival,
    "GET /segments": showSegments,
    "GET /goals": keepRendered(showGoals),
    "GET /goals/edit": showGoalForm,
    "GET /alerts": keepRendered(showAlerts),
    "GET /alerts/edit": showAlertForm,
    "GET /annotations": showAnnotations,
    "GET /annotations/edit": showAnnotationForm,
    "GET /docs": showDocumentation,
    "GET /shares": showShares,
    "GET /webhooks": showWebhooks,
    "GET /webhooks/edit": showWebhookForm,
  },
  forms: {
    "POST /session": signIn,
    "POST /session/end": signOut,
    "POST /language": chooseLanguage,
    "GET /shared": showSharedLink,
    "POST /shared": openSharedLink,
    "GET /script.js": showScript,
  },
});
