import { createHash, randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { BucketBlueprint } from "../template/bucket-blueprint.ts";
import { ServiceError } from "./service-error.ts";

/** An object as S3 lists it. */
export interface ObjectEntry {
  readonly key: string;
  readonly bytes: number;
  /** In double quotes, as S3 gives it. */
  readonly etag: string;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

/** An error of S3, by the code that clients know. */
export class BucketError extends ServiceError {
  override readonly name = "BucketError";
}

/** Under which condition an object is written: the ETag that it has, or `*` in `ifNoneMatch` that there is none. */
export interface PutCondition {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/** Keys are paths below the bucket's folder: what is no plain path is refused, so that other programs can read the files. */
const segmentPattern = /^[A-Za-z0-9_=.@+-]+$/;

/**
 * The local buckets: a folder each, an object a file. A write is a new file that takes the place of the old one in one step, so that
 * a process that is killed leaves the old object or the new one.
 */
export class Buckets {
  readonly #root: string;
  readonly #names: ReadonlySet<string>;
  readonly #etags = new Map<string, { readonly version: string; readonly etag: string }>();

  /** @param root the folder for all of them */
  constructor(root: string, blueprints: readonly BucketBlueprint[]) {
    this.#root = root;
    this.#names = new Set(blueprints.map(({ name }) => name));
    // What a process had begun to write when it was killed: nobody knows of it any more.
    rmSync(this.#uploads, { recursive: true, force: true });
  }

  get #uploads(): string {
    return join(this.#root, ".uploads");
  }

  /**
   * Writes an object.
   * @throws BucketError when the condition does not hold, or the key cannot be a path
   */
  put(bucket: string, key: string, content: Uint8Array, { ifMatch, ifNoneMatch }: PutCondition = {}): string {
    const path = this.#path(bucket, key);
    const before = this.#find(bucket, key);
    if (ifMatch !== undefined && before === undefined) throw noSuchKey();
    const isMet = (ifMatch ?? before?.etag) === before?.etag && !(ifNoneMatch === "*" && before);
    if (!isMet) {
      const message = "At least one of the pre-conditions you specified did not hold";
      throw new BucketError(412, "PreconditionFailed", message);
    }
    const upload = join(this.#uploads, randomUUID());
    mkdirSync(dirname(upload), { recursive: true });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(upload, content);
    renameSync(upload, path);
    return etagOf(content);
  }

  /** The metadata of an object. @throws BucketError when there is none */
  head(bucket: string, key: string): ObjectEntry {
    const found = this.#find(bucket, key);
    if (!found) throw noSuchKey();
    return found;
  }

  /** An object's content. @throws BucketError when there is none */
  read(bucket: string, key: string): Buffer {
    if (!this.#find(bucket, key)) throw noSuchKey();
    return readFileSync(this.#path(bucket, key));
  }

  /** Removes an object; none is no error, as in S3. */
  delete(bucket: string, key: string): void {
    rmSync(this.#path(bucket, key), { force: true });
  }

  /** The objects whose keys begin with a prefix, sorted by key. */
  list(bucket: string, prefix: string): ObjectEntry[] {
    const folder = this.#folder(bucket);
    const base = prefix.slice(0, prefix.lastIndexOf("/") + 1);
    if (base !== "") this.#path(bucket, `${base}x`);
    const start = join(folder, base);
    if (!existsSync(start)) return [];
    return readdirSync(start, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .filter((key) => key.startsWith(prefix))
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .flatMap((key) => this.#find(bucket, key) ?? []);
  }

  #find(bucket: string, key: string): ObjectEntry | undefined {
    const path = this.#path(bucket, key);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile()) return undefined;
    const version = `${stat.ino} ${stat.mtimeMs} ${stat.size}`;
    const known = this.#etags.get(path);
    const etag = known?.version === version ? known.etag : etagOf(readFileSync(path));
    this.#etags.set(path, { version, etag });
    return { key, bytes: stat.size, etag, modifiedAt: stat.mtimeMs };
  }

  #folder(bucket: string): string {
    if (!this.#names.has(bucket))
      throw new BucketError(404, "NoSuchBucket", "The specified bucket does not exist");
    return join(this.#root, bucket);
  }

  #path(bucket: string, key: string): string {
    const segments = key.split("/");
    const isPath = segments.every((one) => segmentPattern.test(one) && one !== "." && one !== "..");
    if (isPath) return join(this.#folder(bucket), ...segments);
    throw new BucketError(400, "InvalidArgument", "The local cloud takes keys that are plain paths only");
  }
}

function noSuchKey(): BucketError {
  return new BucketError(404, "NoSuchKey", "The specified key does not exist.");
}

function etagOf(content: Uint8Array): string {
  return `"${createHash("md5").update(content).digest("hex")}"`;
}
