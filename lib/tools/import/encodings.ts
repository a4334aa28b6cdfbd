/** The encodings of data files, in both directions. */

/** How a file's text is written as bytes. */
export type Encoding = "utf-8" | "windows-1252" | "utf-16le";

let windows1252: ReadonlyMap<string, number> | undefined;

/** Every character of Windows-1252 with its byte, as the WHATWG's Encoding Standard has them. */
function bytesOf1252(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder("windows-1252");
  windows1252 ??= new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const),
  );
  return windows1252;
}

/** Writes a text in an encoding; `?` stands for what it has no character for. */
export function encode(text: string, encoding: Encoding): Buffer {
  if (encoding !== "windows-1252") return Buffer.from(text, encoding === "utf-8" ? "utf8" : "utf16le");
  const bytes = bytesOf1252();
  return Buffer.from(Array.from(text, (character) => bytes.get(character) ?? 0x3f));
}

/** How many bytes a text takes in an encoding. */
export function bytesIn(text: string, encoding: Encoding): number {
  if (encoding === "utf-8") return Buffer.byteLength(text);
  return encoding === "utf-16le" ? 2 * text.length : text.length;
}
