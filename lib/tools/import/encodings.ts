/** The encodings of data files, in both directions. */

/** Encodings with a byte for each character, as the WHATWG's Encoding Standard has them. */
const singleByte = [
  "windows-1252",
  "windows-1250",
  "windows-1251",
  "iso-8859-2",
  "iso-8859-15",
  "macintosh",
] as const;

/** How a file's text is written as bytes. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | (typeof singleByte)[number];

/** All encodings by the names that a mapping and `--encoding` take. */
export const encodingNames = ["utf-8", "utf-16le", "utf-16be", ...singleByte] as const;

/** Other names that programs give them. Latin-1 is read as Windows-1252, which has more characters, as browsers do. */
const aliases: Readonly<Record<string, Encoding>> = {
  utf8: "utf-8",
  "utf-16": "utf-16le",
  utf16: "utf-16le",
  utf16le: "utf-16le",
  utf16be: "utf-16be",
  latin1: "windows-1252",
  "latin-1": "windows-1252",
  "iso-8859-1": "windows-1252",
  cp1252: "windows-1252",
  ansi: "windows-1252",
  cp1250: "windows-1250",
  cp1251: "windows-1251",
  latin9: "iso-8859-15",
  macroman: "macintosh",
};

/** The encoding of this name; `undefined` for one that is not known. */
export function encodingNamed(name: string): Encoding | undefined {
  const plain = name.trim().toLowerCase();
  return (
    encodingNames.find((encoding) => encoding === plain) ??
    (Object.hasOwn(aliases, plain) ? aliases[plain] : undefined)
  );
}

const bytesByEncoding = new Map<Encoding, ReadonlyMap<string, number>>();

/** Every character of an encoding of single bytes, with its byte. */
function bytesOf(encoding: Encoding): ReadonlyMap<string, number> {
  const known = bytesByEncoding.get(encoding);
  if (known) return known;
  const decoder = new TextDecoder(encoding);
  const bytes = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const),
  );
  bytesByEncoding.set(encoding, bytes);
  return bytes;
}

/** Writes a text in an encoding; `?` stands for what it has no character for. */
export function encode(text: string, encoding: Encoding): Buffer {
  if (encoding === "utf-8") return Buffer.from(text, "utf8");
  if (encoding === "utf-16le") return Buffer.from(text, "utf16le");
  if (encoding === "utf-16be") return Buffer.from(text, "utf16le").swap16();
  const bytes = bytesOf(encoding);
  return Buffer.from(Array.from(text, (character) => bytes.get(character) ?? 0x3f));
}

/** How many bytes a text takes in an encoding. */
export function bytesIn(text: string, encoding: Encoding): number {
  if (encoding === "utf-8") return Buffer.byteLength(text);
  return encoding === "utf-16le" || encoding === "utf-16be" ? 2 * text.length : text.length;
}

/**
 * The encoding that a file's first bytes show: by its mark, or by the zeros that UTF-16 has in Latin text.
 * @returns `undefined` where they show none
 */
export function encodingShownBy(start: Uint8Array): Encoding | undefined {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return "utf-8";
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  const zeros = [0, 0];
  for (const [place, byte] of start.entries()) if (byte === 0) zeros[place % 2] = (zeros[place % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const enough = start.length / 4;
  if (odd > enough && even < odd / 10) return "utf-16le";
  if (even > enough && odd < even / 10) return "utf-16be";
  return undefined;
}
