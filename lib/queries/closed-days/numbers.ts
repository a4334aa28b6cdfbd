/** Lists of numbers that grow: arrays of millions of numbers would take twice the memory and more. */

/** A list of whole numbers of 32 bits. */
export class Numbers {
  #items = new Int32Array(1_024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds some zeros. @returns them, to be written: they are the list's own until it grows again */
  extend(count: number): Int32Array {
    const begin = this.#size;
    this.#size += count;
    if (this.#size > this.#items.length) this.#items = grown(this.#items, this.#size, Int32Array);
    return this.#items.subarray(begin, this.#size);
  }

  /** All numbers: the list's own until it grows again. */
  all(): Int32Array {
    return this.#items.subarray(0, this.#size);
  }
}

/** A list of numbers with fractions, or of more than 32 bits. */
export class Doubles {
  #items = new Float64Array(1_024);
  #size = 0;

  /** See `Numbers`. */
  extend(count: number): Float64Array {
    const begin = this.#size;
    this.#size += count;
    if (this.#size > this.#items.length) this.#items = grown(this.#items, this.#size, Float64Array);
    return this.#items.subarray(begin, this.#size);
  }

  /** See `Numbers`. */
  all(): Float64Array {
    return this.#items.subarray(0, this.#size);
  }
}

function grown<Items extends Int32Array | Float64Array>(
  items: Items,
  needed: number,
  kind: new (length: number) => Items,
): Items {
  const larger = new kind(Math.max(needed, items.length * 2));
  larger.set(items);
  return larger;
}
