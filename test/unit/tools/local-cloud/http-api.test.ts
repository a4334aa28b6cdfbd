import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { InvocationError } from "../../../../lib/tools/local-cloud/functions/execution-environment.ts";
import { HttpApi } from "../../../../lib/tools/local-cloud/http/http-api.ts";
import type { GatewayResponse } from "../../../../lib/tools/local-cloud/http/response.ts";
import { LogFile } from "../../../../lib/tools/local-cloud/log-file.ts";
import type {
  ApiBlueprint,
  AuthorizerBlueprint,
  RouteBlueprint,
} from "../../../../lib/tools/local-cloud/template/api-blueprint.ts";
import { request } from "./requests.ts";

const folder = mkdtempSync(join(tmpdir(), "cx-metrics-api-"));
afterAll(() => rmSync(folder, { recursive: true }));

const route: RouteBlueprint = {
  key: "POST /things",
  functionArn: "things",
  integrationTimeoutMilliseconds: 30_000,
  authorizer: undefined,
  throttle: { ratePerSecond: undefined, burst: undefined },
};

const authorizer: AuthorizerBlueprint = {
  id: "who",
  functionArn: "who",
  identitySources: [],
  cacheSeconds: 0,
};

const api: ApiBlueprint = {
  id: "Api",
  stage: "$default",
  stageVariables: {},
  routes: [route],
  cors: undefined,
  accessLogFormat: undefined,
};

const accessLog = new LogFile(join(folder, "access.log"));

type Invoke = (arn: string, event: object) => Promise<unknown>;

/** Sends a POST with a body to an API with one route. */
async function send(
  parts: Partial<RouteBlueprint>,
  invoke: Invoke,
  body: Buffer | undefined = Buffer.alloc(0),
  more: Partial<ApiBlueprint> = {},
): Promise<GatewayResponse> {
  const httpApi = new HttpApi({ ...api, routes: [{ ...route, ...parts }], ...more }, invoke, accessLog);
  return httpApi.answer(request({ method: "POST" }), async () => body);
}

function text({ status, body }: GatewayResponse): [number, string] {
  return [status, body.toString()];
}

describe("an HTTP API", () => {
  it("answers 503 when the function does not answer within the integration's time", async () => {
    const never = () => new Promise(() => {});
    const response = await send({ integrationTimeoutMilliseconds: 5 }, never);
    expect(text(response)).toEqual([503, '{"message":"Service Unavailable"}']);
  });

  it("answers 500 without a word of the reason when the function fails", async () => {
    const fail = async () => {
      throw new InvocationError({ errorType: "Error", errorMessage: "secret" });
    };
    expect(text(await send({}, fail))).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  it("answers 413 to a body that is over its limit, and does not run the function", async () => {
    let runs = 0;
    const count = async () => ++runs;
    const httpApi = new HttpApi(api, count, accessLog);
    const response = await httpApi.answer(request({ method: "POST" }), async () => undefined);
    expect(text(response)).toEqual([413, '{"message":"Request Entity Too Large"}']);
    expect(runs).toBe(0);
  });

  it("answers 413 to a body that makes the event larger than Lambda takes, base64 included", async () => {
    const binary = Buffer.alloc(5 * 1024 * 1024);
    expect((await send({}, async () => "run", binary)).status).toBe(413);
    expect((await send({}, async () => "run", binary.subarray(0, 4 * 1024 * 1024))).status).toBe(200);
  });

  it("gives every answer the id of its request", async () => {
    expect((await send({}, async () => "run")).headers["apigw-requestid"]).toBe("request-1");
  });

  describe("fills in its access log's format", () => {
    const logged = async (format: Record<string, string>, more: Partial<RouteBlueprint>, invoke: Invoke) => {
      const file = join(folder, `${randomUUID()}.log`);
      const log = new LogFile(file);
      const accessLogFormat = JSON.stringify(format);
      const routes = [{ ...route, ...more }];
      const httpApi = new HttpApi({ ...api, routes, accessLogFormat }, invoke, log);
      const headers = { "user-agent": 'a"\n{"forged":1}' };
      await httpApi.answer(request({ method: "POST", headers }), async () => Buffer.alloc(0));
      log.flush();
      return readFileSync(file, "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown);
    };
    const ofRun = {
      status: "$context.status",
      functionStatus: "$context.integration.status",
      integrationError: "$context.integrationErrorMessage",
      authorizerError: "$context.authorizer.error",
    };

    it("and lets no client write lines of its own", async () => {
      const format = { status: "$context.status", agent: "$context.identity.userAgent" };
      expect(await logged(format, {}, async () => "run")).toEqual([
        { status: "200", agent: 'a"\n{"forged":1}' },
      ]);
    });

    it("with - for what HTTP APIs do not have, though REST APIs may", async () => {
      const format = { latency: "$context.authorizer.latency", path: "$context.resourcePath" };
      expect(await logged(format, {}, async () => "run")).toEqual([{ latency: "-", path: "-" }]);
    });

    it("with what the authorizer said of the caller", async () => {
      const format = { workspace: "$context.authorizer.workspace" };
      const invoke: Invoke = async (arn) =>
        arn === "who" ? { isAuthorized: true, context: { workspace: "shop" } } : "run";
      expect(await logged(format, { authorizer }, invoke)).toEqual([{ workspace: "shop" }]);
    });

    it("with the status that the function answered", async () => {
      expect(await logged(ofRun, {}, async () => ({ statusCode: 503 }))).toEqual([
        { status: "503", functionStatus: "503", integrationError: "-", authorizerError: "-" },
      ]);
    });

    it("with the error of a function that failed, apart from an authorizer's", async () => {
      const fail: Invoke = async () => {
        throw new InvocationError({ errorType: "Error", errorMessage: "broken" });
      };
      expect(await logged(ofRun, {}, fail)).toEqual([
        { status: "500", functionStatus: "-", integrationError: "Error: broken", authorizerError: "-" },
      ]);
      expect(await logged(ofRun, { authorizer }, fail)).toEqual([
        {
          status: "500",
          functionStatus: "-",
          integrationError: "-",
          authorizerError: expect.stringContaining("broken"),
        },
      ]);
    });
  });
});
