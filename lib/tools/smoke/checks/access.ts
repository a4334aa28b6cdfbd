import type { SmokeContext } from "../context.ts";
import { field } from "../walk.ts";

const origin = "https://smoke.example";

/** So many in ten seconds are more than a key of one request a second may make, whatever its first twenty cost. */
const maxRequests = 200;

/** Checks of scopes, origins and limits. */
export async function checkAccess({ walk, run, today }: SmokeContext): Promise<void> {
  const unknown = `cxm_${"x".repeat(43)}`;
  walk.note(
    "a request without a key",
    "401",
    String((await walk.ask("GET", "/v1/keys", { key: null })).status),
  );
  walk.note(
    "a request with a key that nobody has",
    "401",
    String((await walk.ask("GET", "/v1/keys", { key: unknown })).status),
  );
  const made = await walk.ask("POST", "/v1/keys", {
    body: { name: run, scopes: ["ingest"], origins: [origin], requestsPerSecond: 1 },
  });
  walk.note("a public key of one request a second", "201", String(made.status));
  const [key, id] = [field(made.json, "key"), field(made.json, "id")];
  await checkOrigins(walk, key, run);
  walk.note(
    "a metric with the public key",
    "403",
    String((await walk.ask("GET", "/v1/metrics", { key })).status),
  );
  await checkLimit(walk, key, run, today);
  walk.note("the list of keys", "200", String((await walk.ask("GET", "/v1/keys")).status));
  const revoked = await walk.ask("DELETE", "/v1/keys/{id}", { id });
  walk.note("the public key revoked", "200 revoked", `${revoked.status} ${field(revoked.json, "status")}`);
}

async function checkOrigins(walk: SmokeContext["walk"], key: string, run: string): Promise<void> {
  const preflight = await walk.send("OPTIONS", "/v1/responses", {
    key: null,
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type",
    },
  });
  walk.note(
    "what a browser asks beforehand",
    "204 POST",
    `${preflight.status} ${preflight.headers.get("access-control-allow-methods")?.split(",")[0]?.trim()}`,
  );
  const answerFrom = (from: string, number: number) =>
    walk.ask("POST", "/v1/responses", {
      key,
      headers: { origin: from },
      body: { id: `${run}:web-${number}`, survey: "nps", score: 9 },
    });
  const own = await answerFrom(origin, 1);
  walk.note(
    "an answer from the key's origin",
    `201 ${origin}`,
    `${own.status} ${own.headers.get("access-control-allow-origin")}`,
  );
  walk.note(
    "an answer from another origin",
    "403",
    String((await answerFrom("https://other.example", 2)).status),
  );
}

async function checkLimit(
  walk: SmokeContext["walk"],
  key: string,
  run: string,
  today: string,
): Promise<void> {
  const name = "requests one after the other with the key of one a second";
  for (let number = 1; number <= maxRequests; number += 1) {
    // One after the other they meet one copy of the function, which counts exactly.
    const { status, headers } = await walk.ask("POST", "/v1/responses", {
      key,
      headers: { origin },
      body: { id: `${run}:many-${number}`, survey: "nps", score: 8, occurredAt: `${today}T00:00:00Z` },
    });
    if (status !== 429) continue;
    const isSaid = Number(headers.get("retry-after")) > 0;
    walk.note(name, "429 with Retry-After", `429 with${isSaid ? "" : "out"} Retry-After`);
    return;
  }
  walk.note(name, "429 with Retry-After", "none refused");
}
