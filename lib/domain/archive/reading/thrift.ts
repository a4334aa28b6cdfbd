/** Reading what Parquet writes in Thrift's compact protocol: file footers and headers of pages. */

/** The types of fields that are told apart here; every other one has a length that follows from its content. */
const types = { true: 1, false: 2, byte: 3, double: 7, binary: 8, list: 9, struct: 12 } as const;

/** Reads one field after the other, and skips those that nobody asks for. */
export class ThriftReader {
  readonly #bytes: Buffer;
  offset: number;

  constructor(bytes: Buffer, offset: number) {
    this.#bytes = bytes;
    this.offset = offset;
  }

  /**
   * Reads a struct.
   * @param read is called for each field; it has to read it, or say `false`
   * @throws RangeError where the bytes end before the struct
   */
  struct(read: (field: number, type: number) => boolean): void {
    let field = 0;
    for (;;) {
      const header = this.#byte();
      const type = header & 15;
      if (type === 0) return;
      field = header >> 4 === 0 ? this.integer() : field + (header >> 4);
      if (!read(field, type)) this.#skip(type);
    }
  }

  /** Reads a list. @param read has to read each element */
  list(read: () => void): void {
    for (let count = this.#listHeader().count; count > 0; count -= 1) read();
  }

  /** A whole number of at most 53 bits. */
  integer(): number {
    const folded = this.#unsigned();
    return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
  }

  /** A text of ASCII characters. */
  text(): string {
    const length = this.#unsigned();
    this.offset += length;
    return this.#bytes.toString("latin1", this.offset - length, this.offset);
  }

  /** A field of yes or no: its type is its value. */
  static flag(type: number): boolean {
    return type === types.true;
  }

  #byte(): number {
    const byte = this.#bytes[this.offset];
    if (byte === undefined) throw new RangeError("the file ends in the middle of a struct");
    this.offset += 1;
    return byte;
  }

  #unsigned(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  #listHeader(): { readonly count: number; readonly type: number } {
    const header = this.#byte();
    return { type: header & 15, count: header >> 4 === 15 ? this.#unsigned() : header >> 4 };
  }

  #skip(type: number): void {
    switch (type) {
      case types.true:
      case types.false:
        return;
      case types.byte:
        this.offset += 1;
        return;
      case types.double:
        this.offset += 8;
        return;
      case types.binary:
        // The length first: reading it moves the offset.
        this.offset = this.#unsigned() + this.offset;
        return;
      case types.list: {
        const { count, type: ofElements } = this.#listHeader();
        const isFlag = ofElements === types.true || ofElements === types.false;
        for (let index = 0; index < count; index += 1) this.#skip(isFlag ? types.byte : ofElements);
        return;
      }
      case types.struct:
        this.struct(() => false);
        return;
      default:
        this.#unsigned();
    }
  }
}
