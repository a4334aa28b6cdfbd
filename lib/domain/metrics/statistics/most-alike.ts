/** Fewer values do not say what most of them are. */
const minKnown = 10;

/** Values one after the other: whether most so far are one and the same. */
export class MostAlike {
  readonly #counts = new Map<number, number>();
  readonly #share: number;
  #known = 0;
  #most = { value: 0, count: 0 };

  /** @param share of 1: so large a part has to be alike, at least a half */
  constructor(share: number) {
    this.#share = share;
  }

  add(value: number): void {
    const count = (this.#counts.get(value) ?? 0) + 1;
    this.#counts.set(value, count);
    this.#known += 1;
    if (count > this.#most.count) this.#most = { value, count };
  }

  /** What more than the share are; `undefined` where there is no such value, or too few are known. */
  get value(): number | undefined {
    const isMost = this.#known >= minKnown && this.#most.count > this.#share * this.#known;
    return isMost ? this.#most.value : undefined;
  }
}
