/** Knows whether anything is going on, and lets others wait until nothing is. */
export class Activity {
  readonly #isQuiet: () => boolean;
  #running = 0;
  #waiting: (() => void)[] = [];

  /** @param isQuiet whether there is nothing to do besides what runs, for example that the queues are empty */
  constructor(isQuiet: () => boolean) {
    this.#isQuiet = isQuiet;
  }

  /** Runs something and counts it as going on until it ends. */
  async during<Result>(run: () => Promise<Result>): Promise<Result> {
    this.#running++;
    try {
      return await run();
    } finally {
      this.#running--;
      this.check();
    }
  }

  /** To be called when `isQuiet` may have changed. */
  check(): void {
    if (this.#waiting.length === 0 || !this.#idle) return;
    // A turn later, so that whoever reacts to the last change has begun to.
    setImmediate(() => {
      if (!this.#idle) return;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const resolve of waiting) resolve();
    });
  }

  /** Resolves when nothing runs and all is quiet. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.check();
    });
  }

  get #idle(): boolean {
    return this.#running === 0 && this.#isQuiet();
  }
}
