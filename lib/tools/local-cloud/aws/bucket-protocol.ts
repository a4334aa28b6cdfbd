import type { IncomingHttpHeaders } from "node:http";
import { crc32 } from "node:zlib";
import { BucketError, type Buckets, type ObjectEntry } from "./buckets.ts";
import type { ServiceCall, XmlAnswer } from "./interception.ts";
import { escapeXml } from "./xml.ts";

/** The calls of S3 that functions use, in its REST protocol with the bucket in the path. */

/** A request to S3. */
export interface BucketRequest {
  /** For example `PutObject`. */
  readonly action: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Most objects in one page of a list. */
const maxListed = 1_000;

/** Reads a request to S3. @returns undefined for a request that is signed for something else */
export function bucketRequestOf(
  method: string,
  url: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): BucketRequest | undefined {
  if (!/Credential=[^,]*\/s3\/aws4_request/.test(headers.authorization ?? "")) return undefined;
  const { pathname, searchParams: query } = new URL(url, "http://local");
  const [bucket = "", ...rest] = pathname.slice(1).split("/");
  const key = rest.map(decodeURIComponent).join("/");
  return {
    action: actionOf(method, key, query),
    bucket: decodeURIComponent(bucket),
    key,
    query,
    headers,
    body,
  };
}

function actionOf(method: string, key: string, query: URLSearchParams): string {
  if (key === "") return method === "GET" && query.get("list-type") === "2" ? "ListObjectsV2" : "Unknown";
  // A call with further parameters is another one: the parts of an upload, an object's tags …
  const isPlain = [...query.keys()].every((name) => name === "x-id");
  const names: Readonly<Record<string, string>> = {
    ...{ GET: "GetObject", HEAD: "HeadObject", PUT: "PutObject", DELETE: "DeleteObject" },
  };
  return isPlain ? (names[method] ?? "Unknown") : "Unknown";
}

/** The call, for those who watch and for permissions. */
export function bucketCall(request: BucketRequest, functionName: string | undefined): ServiceCall {
  const { action, bucket, key, query } = request;
  const content = { Bucket: bucket, Key: key, ...Object.fromEntries(query) };
  return { service: "s3", action, functionName, text: () => JSON.stringify(content), json: () => content };
}

/** Answers a call of S3. */
export function answerBucketCall(buckets: Buckets, request: BucketRequest): XmlAnswer {
  try {
    return act(buckets, request);
  } catch (error) {
    if (!(error instanceof BucketError)) throw error;
    return bucketError(error.status, error.code, error.message);
  }
}

/** An error as S3 answers it. */
export function bucketError(status: number, code: string, message: string): XmlAnswer {
  return xml(
    status,
    `<Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error>`,
  );
}

function act(buckets: Buckets, request: BucketRequest): XmlAnswer {
  const { action, bucket, key, headers } = request;
  switch (action) {
    case "PutObject": {
      checkBody(request);
      const ifMatch = headers["if-match"];
      const ifNoneMatch = headers["if-none-match"];
      const etag = buckets.put(bucket, key, request.body, { ifMatch, ifNoneMatch });
      return { status: 200, headers: { etag }, body: Buffer.alloc(0) };
    }
    case "HeadObject":
      return { status: 200, headers: headersOf(buckets.head(bucket, key)), body: Buffer.alloc(0) };
    case "GetObject":
      return part(buckets.head(bucket, key), buckets.read(bucket, key), headers.range);
    case "DeleteObject":
      buckets.delete(bucket, key);
      return { status: 204, headers: {}, body: Buffer.alloc(0) };
    case "ListObjectsV2":
      return list(buckets, request);
    default:
      throw new BucketError(501, "NotImplemented", "The local cloud does not emulate this call of S3");
  }
}

function checkBody({ headers, body }: BucketRequest): void {
  if (String(headers["content-encoding"]).includes("aws-chunked")) {
    throw new BucketError(501, "NotImplemented", "The local cloud takes objects in one piece only");
  }
  const expected = headers["x-amz-checksum-crc32"];
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  if (expected !== undefined && expected !== sum.toString("base64")) {
    throw new BucketError(400, "BadDigest", "The CRC32 you specified did not match what was received.");
  }
}

function headersOf({ etag, bytes, modifiedAt }: ObjectEntry): Record<string, string | number> {
  return {
    etag,
    "content-length": bytes,
    "last-modified": new Date(modifiedAt).toUTCString(),
    "accept-ranges": "bytes",
  };
}

/** An object, or the range of it that is asked for: `bytes=0-99`, `bytes=100-`, `bytes=-100`. */
function part(entry: ObjectEntry, content: Buffer, range: string | undefined): XmlAnswer {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range ?? "");
  if (!asked) return { status: 200, headers: headersOf(entry), body: content };
  const [, first = "", last = ""] = asked;
  const from = first === "" ? Math.max(0, content.length - Number(last)) : Number(first);
  const to = first === "" || last === "" ? content.length - 1 : Math.min(Number(last), content.length - 1);
  if (from > to) throw new BucketError(416, "InvalidRange", "The requested range is not satisfiable");
  const body = content.subarray(from, to + 1);
  return {
    status: 206,
    headers: {
      ...headersOf(entry),
      "content-length": body.length,
      "content-range": `bytes ${from}-${to}/${content.length}`,
    },
    body,
  };
}

function list(buckets: Buckets, { bucket, query }: BucketRequest): XmlAnswer {
  const unknown = [...query.keys()].filter((name) => !listParameters.has(name));
  if (unknown.length > 0)
    throw new BucketError(501, "NotImplemented", `Unknown parameters: ${unknown.join()}`);
  const prefix = query.get("prefix") ?? "";
  const token = query.get("continuation-token");
  const after =
    token === null ? (query.get("start-after") ?? "") : Buffer.from(token, "base64url").toString();
  const most = Math.min(maxListed, Number(query.get("max-keys") ?? maxListed));
  const found = buckets.list(bucket, prefix).filter(({ key }) => key > after);
  const page = found.slice(0, most);
  const last = found.length > page.length ? page.at(-1) : undefined;
  const next =
    last === undefined
      ? ""
      : `<NextContinuationToken>${Buffer.from(last.key).toString("base64url")}</NextContinuationToken>`;
  return xml(
    200,
    [
      '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
      `<Name>${escapeXml(bucket)}</Name><Prefix>${escapeXml(prefix)}</Prefix><MaxKeys>${most}</MaxKeys>`,
      `<KeyCount>${page.length}</KeyCount><IsTruncated>${last !== undefined}</IsTruncated>${next}`,
      ...page.map(entryOf),
      "</ListBucketResult>",
    ].join(""),
  );
}

const listParameters = new Set([
  ...["list-type", "prefix", "continuation-token", "start-after", "max-keys", "x-id"],
]);

function entryOf({ key, bytes, etag, modifiedAt }: ObjectEntry): string {
  const modified = new Date(modifiedAt).toISOString();
  return `<Contents><Key>${escapeXml(key)}</Key><LastModified>${modified}</LastModified><ETag>${escapeXml(etag)}</ETag><Size>${bytes}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
}

function xml(status: number, content: string): XmlAnswer {
  const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${content}`);
  return { status, headers: { "content-type": "application/xml", "content-length": body.length }, body };
}
