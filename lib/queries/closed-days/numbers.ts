/** A list of whole numbers of 32 bits that grows: an array of millions of numbers would take twice the memory and more. */
export class Numbers {
  #items = new Int32Array(1_024);
  #size = 0;

  /** Adds a number. @returns its place */
  push(number: number): number {
    if (this.#size === this.#items.length) {
      const larger = new Int32Array(this.#size * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#size] = number;
    this.#size += 1;
    return this.#size - 1;
  }

  /** The number at a place; -1 where there is none. */
  at(place: number): number {
    return place < this.#size ? (this.#items[place] ?? -1) : -1;
  }

  /** Puts another number at a place that has one. */
  set(place: number, number: number): void {
    if (place < this.#size) this.#items[place] = number;
  }
}
