import { defineProvider } from "./provider.ts";
import { hmacOf, isHmac } from "./signatures.ts";
import { trackingOptions, trackingReading } from "./tracking.ts";

/** Segment: https://segment.com/docs/connections/destinations/catalog/webhooks/#authentication. Its signatures say no time. */
export const segment = defineProvider({
  name: "segment",
  title: "Segment",
  secret: "the destination's shared secret",
  canBeUnsigned: false,
  options: trackingOptions,
  isSigned: ({ body, headers }, secret) =>
    isHmac(headers["x-signature"], "hex", hmacOf("sha1", secret, body)),
  read: trackingReading,
});
