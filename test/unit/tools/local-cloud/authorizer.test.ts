import { describe, expect, it } from "vitest";
import { Authorizer } from "../../../../lib/tools/local-cloud/http/authorizer.ts";
import type { GatewayRequest } from "../../../../lib/tools/local-cloud/http/request.ts";
import { context, request } from "./requests.ts";

/** An authorizer whose function answers as told, with a clock to turn. */
function makeAuthorizer(
  answer: (event: object) => unknown = () => ({ isAuthorized: true, context: { who: "me" } }),
  blueprint: { identitySources?: string[]; cacheSeconds?: number } = {},
) {
  const events: object[] = [];
  let now = 0;
  const authorizer = new Authorizer(
    {
      id: "A",
      functionArn: "authorize",
      identitySources: ["$request.header.Authorization", "$context.routeKey"],
      cacheSeconds: 60,
      ...blueprint,
    },
    async (event) => {
      events.push(event);
      return answer(event);
    },
    () => now,
  );
  return {
    events,
    wait: (seconds: number) => {
      now += seconds * 1000;
    },
    ask: (parts: Partial<GatewayRequest>, routeKey = context.routeKey) =>
      authorizer.authorize(request(parts), { ...context, routeKey }),
  };
}

const withKey = (authorization: string) => ({ headers: { authorization } });

describe("an authorizer", () => {
  it("is not asked when an identity source is missing or empty", async () => {
    const { ask, events } = makeAuthorizer();
    expect(await ask({ headers: {} })).toEqual({ outcome: "unauthorized" });
    expect(await ask(withKey(""))).toEqual({ outcome: "unauthorized" });
    expect(events).toEqual([]);
  });

  it("gives its context to those that it lets in", async () => {
    const { ask, events } = makeAuthorizer();
    expect(await ask(withKey("k"))).toEqual({ outcome: "allowed", context: { who: "me" } });
    expect(events).toMatchObject([{ identitySource: ["k", "GET /things"] }]);
  });

  it("keeps out those that it does not authorize", async () => {
    expect(await makeAuthorizer(() => ({ isAuthorized: false })).ask(withKey("k"))).toEqual({
      outcome: "forbidden",
    });
  });

  it.each([null, {}, { isAuthorized: "yes" }, { principalId: "x", policyDocument: {} }])(
    "that answers %j has failed",
    async (answer) => {
      expect(await makeAuthorizer(() => answer).ask(withKey("k"))).toMatchObject({ outcome: "failed" });
    },
  );

  it("is asked again after a failure, which is never remembered", async () => {
    let calls = 0;
    const { ask } = makeAuthorizer(() => {
      calls++;
      if (calls === 1) throw new Error("broken");
      return { isAuthorized: true };
    });
    expect(await ask(withKey("k"))).toEqual({ outcome: "failed", reason: "broken" });
    expect(await ask(withKey("k"))).toEqual({ outcome: "allowed", context: null });
  });
});

describe("an authorizer's cache", () => {
  it("answers for the same identity until its time is over", async () => {
    const { ask, events, wait } = makeAuthorizer();
    await ask(withKey("k"));
    wait(59);
    expect(await ask(withKey("k"))).toEqual({ outcome: "allowed", context: { who: "me" } });
    expect(events).toHaveLength(1);
    wait(2);
    await ask(withKey("k"));
    expect(events).toHaveLength(2);
  });

  it("answers refusals too", async () => {
    const { ask, events } = makeAuthorizer(() => ({ isAuthorized: false }));
    await ask(withKey("k"));
    expect(await ask(withKey("k"))).toEqual({ outcome: "forbidden" });
    expect(events).toHaveLength(1);
  });

  it("tells identities apart by all of their parts", async () => {
    const { ask, events } = makeAuthorizer();
    await ask(withKey("k"));
    await ask(withKey("other"));
    await ask(withKey("k"), "POST /things");
    expect(events).toHaveLength(3);
  });

  it("is off for a time of 0 and without identity sources", async () => {
    for (const blueprint of [{ cacheSeconds: 0 }, { identitySources: [] }]) {
      const { ask, events } = makeAuthorizer(undefined, blueprint);
      await ask(withKey("k"));
      await ask(withKey("k"));
      expect(events).toHaveLength(2);
    }
  });
});

describe("identity sources", () => {
  it.each([
    ["$request.querystring.key", { rawQuery: "key=q%20v" }, "q v"],
    ["$request.header.X-Key", { headers: { "x-key": "h" } }, "h"],
    ["$context.identity.sourceIp", {}, "127.0.0.1"],
    ["$context.httpMethod", {}, "GET"],
  ])("can be %s", async (source, parts, value) => {
    const { ask, events } = makeAuthorizer(undefined, { identitySources: [source] });
    await ask(parts);
    expect(events).toMatchObject([{ identitySource: [value] }]);
  });
});
