/** Numbers for texts that are bytes of files: making a text of each takes longer than looking it up. */

const initialTexts = 2_048;

/** Of each text its hash, its number plus one, and where it begins and ends: together, as they are looked at together. */
const width = 4;

/** Gives each different text a number, in the order in which they come, from 0 on. */
export class TextNumbers {
  /** Nobody can choose texts that fall on the same places. */
  readonly #seed = Math.floor(Math.random() * 2 ** 32);
  #size = 0;
  /** All texts, one after the other. */
  #bytes = new Uint8Array(initialTexts * 8);
  #used = 0;
  /** Twice as many places as there is room for texts. A text is at the place that follows from its hash, or at the next one that is free. */
  #places = new Int32Array(initialTexts * 2 * width);

  /** How many different texts there are. */
  get size(): number {
    return this.#size;
  }

  /** The number of a text. @param begin where it begins in some bytes of UTF-8 @param end where it ends */
  numberOf(bytes: Uint8Array, begin: number, end: number): number {
    const hash = this.#hashOf(bytes, begin, end);
    const places = this.#places;
    const mask = places.length - 1;
    for (let place = (hash * width) & mask; ; place = (place + width) & mask) {
      const number = (places[place + 1] ?? 0) - 1;
      if (number < 0) return this.#add(bytes.subarray(begin, end), hash, place);
      if (places[place] === hash && this.#isAt(place, bytes, begin, end)) return number;
    }
  }

  /** The number of a text. */
  numberOfText(text: string): number {
    const bytes = Buffer.from(text);
    return this.numberOf(bytes, 0, bytes.length);
  }

  /** By Fowler, Noll and Vo, mixed once more: the lowest bits decide on the place. */
  #hashOf(bytes: Uint8Array, begin: number, end: number): number {
    let hash = this.#seed | 0;
    for (let index = begin; index < end; index += 1)
      hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01_00_01_93);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b);
    return hash ^ (hash >>> 13);
  }

  #isAt(place: number, bytes: Uint8Array, begin: number, end: number): boolean {
    const [from, own] = [this.#places[place + 2] ?? 0, this.#bytes];
    if ((this.#places[place + 3] ?? 0) - from !== end - begin) return false;
    for (let index = begin; index < end; index += 1) {
      if (own[from + index - begin] !== bytes[index]) return false;
    }
    return true;
  }

  #add(text: Uint8Array, hash: number, place: number): number {
    const begin = this.#used;
    this.#used += text.length;
    if (this.#used > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#used, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(text, begin);
    this.#size += 1;
    this.#places.set([hash, this.#size, begin, this.#used], place);
    if (this.#size * 2 * width >= this.#places.length) this.#makeRoom();
    return this.#size - 1;
  }

  #makeRoom(): void {
    const before = this.#places;
    const places = new Int32Array(before.length * 2);
    const mask = places.length - 1;
    for (let from = 0; from < before.length; from += width) {
      if (before[from + 1] === 0) continue;
      let place = ((before[from] ?? 0) * width) & mask;
      while (places[place + 1] !== 0) place = (place + width) & mask;
      places.set(before.subarray(from, from + width), place);
    }
    this.#places = places;
  }
}
