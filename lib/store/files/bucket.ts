import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";

/** The files of the archive in their bucket. */

/** A client with the bucket that it works on. */
export interface Files {
  readonly client: S3Client;
  readonly bucket: string;
}

let shared: Files | undefined;

/** The bucket of this process, made once: from `ARCHIVE_BUCKET`; `undefined` where that is not set. */
export function defaultFiles(): Files | undefined {
  const bucket = process.env["ARCHIVE_BUCKET"];
  if (!bucket) return undefined;
  shared ??= {
    bucket,
    client: new S3Client({
      maxAttempts: 3,
      // A checksum of SHA-256 beside it would cost more than it finds over TLS.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    }),
  };
  return shared;
}

/** A file as the bucket lists it. */
export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
  /** Identifies its content. */
  readonly etag: string;
}

/** A file's content; `undefined` where there is none. */
export async function readFile(files: Files, path: string): Promise<Uint8Array | undefined> {
  return (await openFile(files, path))?.content;
}

/** A file's content with what identifies it; `undefined` where there is none. */
export async function openFile(
  { client, bucket }: Files,
  path: string,
): Promise<{ readonly content: Uint8Array; readonly etag: string } | undefined> {
  try {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: path }));
    const content = await Body?.transformToByteArray();
    return content && ETag !== undefined ? { content, etag: ETag } : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Identifies a file's content; `undefined` where there is no file. */
export async function etagOf({ client, bucket }: Files, path: string): Promise<string | undefined> {
  try {
    const { ETag } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: path }));
    return ETag;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Puts a file in the place of the one that was seen, in one step.
 * @param seen the ETag of the one that was seen; `undefined` where there was none
 * @returns whether it was done: not where another writer was faster
 */
export async function putFile(
  { client, bucket }: Files,
  path: string,
  content: Uint8Array,
  seen: string | undefined,
): Promise<boolean> {
  const condition = seen === undefined ? { IfNoneMatch: "*" } : { IfMatch: seen };
  try {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: path, Body: content, ...condition }));
    return true;
  } catch (error) {
    if (isOvertaken(error)) return false;
    throw error;
  }
}

/** Puts a file in the place of whatever is there. */
export async function overwriteFile(
  { client, bucket }: Files,
  path: string,
  content: Uint8Array,
): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: path, Body: content }));
}

/** The files whose paths begin with a prefix, sorted, as they are asked for. @param after only those behind this path */
export async function* listFiles(
  { client, bucket }: Files,
  prefix: string,
  after?: string,
): AsyncGenerator<ListedFile> {
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({
        ...{ Bucket: bucket, Prefix: prefix },
        ...(token === undefined ? {} : { ContinuationToken: token }),
        ...(after === undefined || token !== undefined ? {} : { StartAfter: after }),
      }),
    );
    for (const { Key = "", Size = 0, ETag = "" } of page.Contents ?? []) {
      yield { path: Key, bytes: Size, etag: ETag };
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && (error.name === "NoSuchKey" || error.name === "NotFound");
}

/** 412: it is another one by now. 409: it is being written at this moment. 404: it was there, and is gone. */
function isOvertaken(error: unknown): boolean {
  return (
    isMissing(error) ||
    (error instanceof Error &&
      (error.name === "PreconditionFailed" || error.name === "ConditionalRequestConflict"))
  );
}
