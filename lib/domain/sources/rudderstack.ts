import { defineProvider } from "./provider.ts";
import { isSameSecret } from "./signatures.ts";
import { trackingOptions, trackingReading } from "./tracking.ts";

/**
 * RudderStack: https://www.rudderstack.com/docs/destinations/webhooks/setup-guide/. It does not sign; its settings take headers, one of
 * which carries the secret.
 */
export const rudderstack = defineProvider({
  name: "rudderstack",
  title: "RudderStack",
  secret: "a text of your own, which the destination sends as the header X-Signing-Key",
  canBeUnsigned: false,
  options: trackingOptions,
  isSigned: ({ headers }, secret) => isSameSecret(headers["x-signing-key"], secret),
  read: trackingReading,
});
