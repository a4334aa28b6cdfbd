import { type Files, type ListedFile, readFile } from "./bucket.ts";

/** Files that this process has read, kept as long as the bucket lists them with the same content. */

/** Some thousand days: a function that reads has memory for it beside what it computes. */
const maxKeptBytes = 128 * 1024 * 1024;

/** Contents by path, those that were used last at the end. */
const kept = new Map<string, { readonly etag: string; readonly content: Uint8Array }>();
let keptBytes = 0;

/** Whether a file need not be read again. */
export function isKept({ bucket }: Files, { path, etag }: ListedFile): boolean {
  return kept.get(`${bucket}/${path}`)?.etag === etag;
}

/** The content of a file that was listed, from the bucket or as it was kept; `undefined` where it is gone. */
export async function readListed(files: Files, { path, etag }: ListedFile): Promise<Uint8Array | undefined> {
  const name = `${files.bucket}/${path}`;
  const known = kept.get(name);
  if (known?.etag === etag) {
    kept.delete(name);
    kept.set(name, known);
    return known.content;
  }
  const content = await readFile(files, path);
  if (content) keep(name, etag, content);
  return content;
}

/** Keeps the content of a file as it was listed. */
export function keepListed({ bucket }: Files, { path, etag }: ListedFile, content: Uint8Array): void {
  keep(`${bucket}/${path}`, etag, content);
}

function keep(name: string, etag: string, content: Uint8Array): void {
  drop(name);
  kept.set(name, { etag, content });
  keptBytes += content.byteLength;
  for (const oldest of kept.keys()) {
    if (keptBytes <= maxKeptBytes) return;
    drop(oldest);
  }
}

function drop(name: string): void {
  keptBytes -= kept.get(name)?.content.byteLength ?? 0;
  kept.delete(name);
}
