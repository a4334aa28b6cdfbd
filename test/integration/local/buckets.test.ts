import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Buckets } from "../../../lib/tools/local-cloud/aws/buckets.ts";
import { EventBus } from "../../../lib/tools/local-cloud/aws/event-bus.ts";
import { Gateway } from "../../../lib/tools/local-cloud/aws/gateway.ts";
import {
  dynamoDbError,
  type Intercept,
  type ServiceCall,
} from "../../../lib/tools/local-cloud/aws/interception.ts";
import type { PermissionUse } from "../../../lib/tools/local-cloud/aws/permissions.ts";
import { Queues } from "../../../lib/tools/local-cloud/aws/queues.ts";
import { Topics } from "../../../lib/tools/local-cloud/aws/topics.ts";

/** The local S3, asked by the SDK as functions ask it. */

const Bucket = "app-files";
const folder = mkdtempSync(join(tmpdir(), "buckets-"));
const gateway = new Gateway();
const uses: PermissionUse[] = [];
let intercept: Intercept | undefined;
let anyone: S3Client;
let reader: S3Client;

function clientOf(endpoint: string, accessKeyId: string): S3Client {
  const credentials = { accessKeyId, secretAccessKey: "local", sessionToken: "local" };
  return new S3Client({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
}

beforeAll(async () => {
  const endpoint = await gateway.listen();
  const resources = [`arn:aws:s3:::${Bucket}/facts/*`];
  const statement = {
    effect: "Allow",
    actions: ["s3:GetObject"],
    resources,
    leadingKeys: undefined,
  } as const;
  gateway.connect("http://127.0.0.1:1", {
    callers: new Map([["local-reader", { name: "reader", statements: [statement] }]]),
    tables: [],
    queues: new Queues([], () => {}),
    buckets: new Buckets(folder, [{ name: Bucket }]),
    eventBus: new EventBus(join(folder, "events.jsonl")),
    topics: new Topics(join(folder, "messages.jsonl"), []),
    intercept: (call) => intercept?.(call) ?? "pass",
    onPermission: (use) => uses.push(use),
  });
  anyone = clientOf(endpoint, "anyone");
  reader = clientOf(endpoint, "local-reader");
});

beforeEach(() => {
  intercept = undefined;
  uses.length = 0;
});

afterAll(async () => {
  anyone.destroy();
  reader.destroy();
  await gateway.close();
  rmSync(folder, { recursive: true });
});

const put = (Key: string, Body: string, condition: { IfMatch?: string; IfNoneMatch?: string } = {}) =>
  anyone.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.from(Body), ...condition }));

const get = async (Key: string, Range?: string) => {
  const { Body } = await anyone.send(new GetObjectCommand({ Bucket, Key, ...(Range ? { Range } : {}) }));
  return Body?.transformToString();
};

const nameOf = (error: unknown) => (error instanceof Error ? error.name : error);

describe("an object", () => {
  it("is what was put last, with the ETag that S3 gives it", async () => {
    await put("facts/a=1/one.txt", "first");
    const { ETag } = await put("facts/a=1/one.txt", "second");
    expect(await get("facts/a=1/one.txt")).toBe("second");
    const head = await anyone.send(new HeadObjectCommand({ Bucket, Key: "facts/a=1/one.txt" }));
    // MD5 of the content, as of every object that is put in one piece and not encrypted with a key of KMS.
    expect(head).toMatchObject({ ETag, ContentLength: 6 });
    expect(ETag).toBe('"a9f0e61a137d86aa9db53465e0801612"');
  });

  it("is read in part where a range is asked for", async () => {
    await put("facts/range", "0123456789");
    expect(await get("facts/range", "bytes=2-4")).toBe("234");
    expect(await get("facts/range", "bytes=7-")).toBe("789");
    expect(await get("facts/range", "bytes=-3")).toBe("789");
    expect(await get("facts/range", "bytes=8-99")).toBe("89");
    await expect(get("facts/range", "bytes=10-")).rejects.toThrow(/range/i);
  });

  it("is not there where it was never put, or was removed", async () => {
    await put("facts/gone", "x");
    await anyone.send(new DeleteObjectCommand({ Bucket, Key: "facts/gone" }));
    await anyone.send(new DeleteObjectCommand({ Bucket, Key: "facts/gone" }));
    expect(nameOf(await get("facts/gone").catch((error: unknown) => error))).toBe("NoSuchKey");
    const head = anyone.send(new HeadObjectCommand({ Bucket, Key: "facts/gone" }));
    expect(nameOf(await head.catch((error: unknown) => error))).toBe("NotFound");
  });

  it("takes the place of the one that its writer saw, and of no other", async () => {
    const { ETag: first = "" } = await put("facts/raced", "first", { IfNoneMatch: "*" });
    await put("facts/raced", "second", { IfMatch: first });
    for (const condition of [{ IfMatch: first }, { IfNoneMatch: "*" }]) {
      const late = await put("facts/raced", "late", condition).catch((error: unknown) => error);
      expect(nameOf(late)).toBe("PreconditionFailed");
    }
    expect(await get("facts/raced")).toBe("second");
  });

  it("is a file that others can read, and survives the process, which what was only begun does not", async () => {
    await put("facts/workspace=a/day=2026-01-01/facts.parquet", "PAR1");
    const path = join(folder, Bucket, "facts/workspace=a/day=2026-01-01/facts.parquet");
    expect(readFileSync(path, "utf8")).toBe("PAR1");
    expect(readdirSync(join(folder, ".uploads"))).toEqual([]);
    writeFileSync(join(folder, ".uploads", "begun"), "P");
    const again = new Buckets(folder, [{ name: Bucket }]);
    expect(again.read(Bucket, "facts/workspace=a/day=2026-01-01/facts.parquet").toString()).toBe("PAR1");
    expect(existsSync(join(folder, ".uploads"))).toBe(false);
  });

  it("cannot have a key that leads out of its bucket", async () => {
    const outside = put("facts/%2e%2e/../x y", "x").catch((error: unknown) => error);
    expect(nameOf(await outside)).toBe("InvalidArgument");
  });
});

it("a list has all keys that begin with a prefix, sorted, in pages", async () => {
  const keys = Array.from({ length: 5 }, (_, index) => `lists/day=${index}/f`);
  for (const key of keys.toReversed()) await put(key, key);
  await put("listsother", "x");
  const found: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await anyone.send(
      new ListObjectsV2Command({ Bucket, Prefix: "lists/", MaxKeys: 2, ContinuationToken }),
    );
    for (const { Key = "", Size, ETag } of page.Contents ?? []) {
      found.push(Key);
      expect(Size).toBe(Key.length);
      expect(ETag).toMatch(/^"[0-9a-f]{32}"$/);
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  expect(found).toEqual(keys);
  const none = await anyone.send(new ListObjectsV2Command({ Bucket, Prefix: "none/" }));
  expect(none.KeyCount).toBe(0);
});

it("a bucket that the template does not have is not there", async () => {
  const stranger = anyone.send(new GetObjectCommand({ Bucket: "other", Key: "facts/x" }));
  expect(nameOf(await stranger.catch((error: unknown) => error))).toBe("NoSuchBucket");
});

it("functions are held to their roles, by action and key", async () => {
  await put("facts/own", "x");
  await put("snapshots/other", "x");
  await reader.send(new GetObjectCommand({ Bucket, Key: "facts/own" }));
  const refused = [
    new GetObjectCommand({ Bucket, Key: "snapshots/other" }),
    new ListObjectsV2Command({ Bucket, Prefix: "facts/" }),
    new PutObjectCommand({ Bucket, Key: "facts/own", Body: "y" }),
  ];
  for (const command of refused) {
    const outcome = await reader.send(command as GetObjectCommand).catch((error: unknown) => error);
    expect(nameOf(outcome)).toBe("AccessDenied");
  }
  expect(uses.map(({ action, resource, granted }) => [action, resource.slice(13), granted])).toEqual([
    ["s3:GetObject", `${Bucket}/facts/own`, true],
    ["s3:GetObject", `${Bucket}/snapshots/other`, false],
    ["s3:ListBucket", Bucket, false],
    ["s3:PutObject", `${Bucket}/facts/own`, false],
  ]);
});

it("calls are seen and spoiled by an interceptor as those to other services are", async () => {
  const seen: ServiceCall[] = [];
  const verdicts = [
    { answer: dynamoDbError("ServiceUnavailable", "slow down") },
    "drop-request",
    "drop-answer",
  ];
  intercept = (call) => {
    seen.push(call);
    return (verdicts.shift() ?? "pass") as "pass";
  };
  expect(nameOf(await put("facts/faulty", "1").catch((error: unknown) => error))).toBe("ServiceUnavailable");
  await expect(put("facts/faulty", "2")).rejects.toThrow();
  await expect(get("facts/faulty")).rejects.toThrow();
  await put("facts/faulty", "3");
  expect(await get("facts/faulty")).toBe("3");
  expect(seen[0]).toMatchObject({ service: "s3", action: "PutObject", functionName: undefined });
  expect(seen[0]?.json()).toMatchObject({ Bucket, Key: "facts/faulty" });
});
