import httpSecurityHeaders from "@middy/http-security-headers";

/** Directives of a content security policy: what a browser that shows an answer may load and do. Undefined ones are left out. */
export type ContentPolicy = Readonly<Record<string, string | undefined>>;

/** To whom a browser says which page a request comes from: to nobody, or to the same site, which forms need. */
export type ReferrerPolicy = "no-referrer" | "same-origin";

/**
 * The security headers of answers: those that concern data that no browser renders (OWASP, "REST Security Cheat Sheet").
 * @param policy for answers that are pages; data needs none
 */
export function securityHeaders(policy: ContentPolicy, referrer: ReferrerPolicy = "no-referrer") {
  return httpSecurityHeaders({
    referrerPolicy: { policy: referrer },
    contentSecurityPolicy: {
      "default-src": "'none'",
      "frame-ancestors": "'none'",
      "report-to": "",
      "require-trusted-types-for": "",
      ...policy,
    },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: false,
    dnsPrefetchControl: false,
    downloadOptions: false,
    originAgentCluster: false,
    permissionsPolicy: false,
    permittedCrossDomainPolicies: false,
    reportTo: false,
  });
}
