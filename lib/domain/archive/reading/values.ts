/** The values of a column while its pages are decoded. */

/** Parquet's numbers of physical types. */
export const types = { flag: 0, integer: 1, long: 2, fraction: 5, text: 6 } as const;

/** A page that this reader does not know: another program wrote the file. */
export class UnknownPage extends Error {
  override readonly name = "UnknownPage";
}

/** Takes the values of pages, one after the other. */
export interface ValueSink {
  /** How many values there are so far. */
  readonly size: number;
  /** Adds the values of a page, which lie in it one after the other. */
  addPlain(page: Buffer, type: number, count: number): void;
  /** Adds no and yes. */
  addFlags(): void;
}

/** Keeps values as they are in the program. */
export class Values implements ValueSink {
  readonly list: unknown[];

  constructor(list: unknown[]) {
    this.list = list;
  }

  get size(): number {
    return this.list.length;
  }

  addPlain(page: Buffer, type: number, count: number): void {
    const into = this.list;
    let offset = 0;
    switch (type) {
      case types.integer:
        for (; offset < count * 4; offset += 4) into.push(page.readInt32LE(offset));
        return;
      case types.long:
        for (; offset < count * 8; offset += 8) into.push(longAt(page, offset));
        return;
      case types.fraction:
        for (; offset < count * 8; offset += 8) into.push(page.readDoubleLE(offset));
        return;
      case types.text:
        for (let index = 0; index < count; index += 1) {
          const length = page.readUInt32LE(offset);
          into.push(page.toString("utf8", offset + 4, offset + 4 + length));
          offset += 4 + length;
        }
        return;
      default:
        throw new UnknownPage(`values of type ${type}`);
    }
  }

  addFlags(): void {
    this.list.push(false, true);
  }
}

/** Of 2^21 upper halves each is a number that is exact. */
const maxUpper = 2 ** 21;

function longAt(page: Buffer, offset: number): number | bigint {
  const upper = page.readInt32LE(offset + 4);
  if (upper >= maxUpper || upper < -maxUpper) return page.readBigInt64LE(offset);
  return upper * 2 ** 32 + page.readUInt32LE(offset);
}

/** Keeps texts as the bytes that they are in the file: telling them apart takes no more. */
export class TextBytes implements ValueSink {
  /** In UTF-8, with other bytes between them. */
  bytes: Uint8Array = new Uint8Array(0);
  /** Where each text begins and ends. */
  begins = new Int32Array(0);
  ends = new Int32Array(0);

  /** Keeps some texts. */
  static of(texts: readonly string[]): TextBytes {
    const page = Buffer.concat(texts.flatMap((text) => [lengthOf(text), Buffer.from(text)]));
    const made = new TextBytes();
    made.addPlain(page, types.text, texts.length);
    return made;
  }

  get size(): number {
    return this.begins.length;
  }

  addPlain(page: Buffer, type: number, count: number): void {
    if (type !== types.text) throw new UnknownPage(`texts of type ${type}`);
    const [base, known] = [this.bytes.length, this.size];
    this.bytes = known === 0 ? page : Buffer.concat([this.bytes, page]);
    this.begins = longer(this.begins, count);
    this.ends = longer(this.ends, count);
    let offset = 0;
    for (let index = known; index < known + count; index += 1) {
      const begin = offset + 4;
      offset = begin + page.readUInt32LE(offset);
      this.begins[index] = base + begin;
      this.ends[index] = base + offset;
    }
  }

  addFlags(): void {
    throw new UnknownPage("texts of yes and no");
  }
}

function longer(numbers: Int32Array<ArrayBuffer>, by: number): Int32Array<ArrayBuffer> {
  const made = new Int32Array(numbers.length + by);
  made.set(numbers);
  return made;
}

function lengthOf(text: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.byteLength(text));
  return length;
}

/** A column of texts as bytes. */
export interface TextColumn {
  /** Which of the texts each row has, by its place among them; -1 for none. */
  readonly codes: Int32Array;
  readonly texts: TextBytes;
}
