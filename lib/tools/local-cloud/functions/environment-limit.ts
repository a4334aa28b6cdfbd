/** A thread, as far as the limit needs to know it. */
export interface Retirable {
  /** Ends it. Called at most once, and never while it works. */
  retire(): void;
}

/**
 * Bounds the threads of all functions together, as each takes some 30 MB for as long as it lives. Where there are as many as there may
 * be, the one that has been idle the longest makes room for the first one of another function; else who needs one waits.
 */
export class EnvironmentLimit {
  readonly #most: number;
  readonly #alive = new Set<Retirable>();
  /** The longest idle first. */
  readonly #idle = new Set<Retirable>();
  #waiting: (() => void)[] = [];

  /** @param most how many threads there may be */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Whether one more may begin.
   * @param isFirst whether its function has none: then an idle one ends for it if need be. A further one of a function would be
   *   missed where it takes the room from, again and again
   */
  makeRoom(isFirst: boolean): boolean {
    if (this.#alive.size < this.#most) return true;
    if (!isFirst) return false;
    const [longest] = this.#idle;
    if (longest === undefined) return false;
    this.#alive.delete(longest);
    this.#idle.delete(longest);
    longest.retire();
    return true;
  }

  /** Counts one that begins, with work to do. */
  begin(environment: Retirable): void {
    this.#alive.add(environment);
  }

  /** It has nothing to do for now. */
  rest(environment: Retirable): void {
    this.#idle.add(environment);
    this.wake();
  }

  /** It has something to do again. */
  resume(environment: Retirable): void {
    this.#idle.delete(environment);
  }

  /** Counts one less. */
  end(environment: Retirable): void {
    this.#alive.delete(environment);
    this.#idle.delete(environment);
    this.wake();
  }

  /** Resolves when one is idle or has ended: then it is worth looking again. */
  change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Lets all who wait look again, in the order in which they came. */
  wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
