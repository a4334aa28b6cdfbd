import { pageEndpoint } from "../lib/api/pipeline/page-endpoint.ts";
import { changeAlert } from "../lib/api/routes/pages/alerts.ts";
import { changeAnnotation } from "../lib/api/routes/pages/annotations.ts";
import { changeGoal } from "../lib/api/routes/pages/goal-form.ts";
import { changeShare } from "../lib/api/routes/pages/shares.ts";
import { changeWebhook } from "../lib/api/routes/pages/webhook-form.ts";

/** Takes the forms that change settings. They need a session with a key that may administer. */
export const handler = pageEndpoint({
  changes: {
    "POST /alerts/edit": changeAlert,
    "POST /annotations/edit": changeAnnotation,
    "POST /goals/edit": changeGoal,
    "POST /shares/edit": changeShare,
    "POST /webhooks/edit": changeWebhook,
  },
});
