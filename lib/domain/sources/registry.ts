import { chatwoot } from "./chatwoot.ts";
import { formbricks } from "./formbricks.ts";
import { intercom } from "./intercom.ts";
import type { Provider } from "./provider.ts";
import { rudderstack } from "./rudderstack.ts";
import { segment } from "./segment.ts";
import { shopify } from "./shopify.ts";
import { stripe } from "./stripe.ts";
import { surveyMonkey } from "./survey-monkey.ts";
import { typeform } from "./typeform.ts";
import { zendesk } from "./zendesk.ts";

/** Every provider, in the order in which the documentation lists them. */
export const providers: readonly Provider[] = [
  stripe,
  shopify,
  zendesk,
  intercom,
  chatwoot,
  typeform,
  surveyMonkey,
  formbricks,
  segment,
  rudderstack,
];

/** The provider of a name. */
export function findProvider(name: string): Provider | undefined {
  return providers.find((provider) => provider.name === name);
}
