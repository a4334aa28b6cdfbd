/** Facts that are not answered for yet, kept where they survive the page or the process. */

/** What a browser's `localStorage` does. */
export interface KeyValueStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** A fact that waits. */
export interface Waiting {
  readonly route: "responses" | "events";
  readonly id: string;
  /** The fact as JSON. */
  readonly json: string;
}

/** Keeps what waits under a name of its own, and takes over what other pages have left. */
export class WaitingFacts {
  readonly #storage: KeyValueStorage | undefined;
  readonly #prefix: string;
  readonly #name: string;

  /** @param scope tells apart what goes to other places */
  constructor(storage: KeyValueStorage | undefined, scope: string) {
    this.#storage = storage;
    this.#prefix = `cx-metrics:${scope}:`;
    this.#name = this.#prefix + Math.random().toString(36).slice(2);
  }

  /** What is there. Another page may still be sending it: sent twice, a fact is one fact. */
  takeOver(): Waiting[] {
    const storage = this.#storage;
    if (!storage) return [];
    const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
    return names
      .filter((name) => name.startsWith(this.#prefix))
      .flatMap((name) => {
        const kept = parsed(storage.getItem(name));
        storage.removeItem(name);
        return kept;
      });
  }

  /** Storages may be full or forbidden: then facts wait in memory alone. */
  keep(waiting: readonly Waiting[]): void {
    try {
      if (waiting.length === 0) this.#storage?.removeItem(this.#name);
      else this.#storage?.setItem(this.#name, JSON.stringify(waiting));
    } catch {}
  }
}

function parsed(text: string | null): Waiting[] {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(found)) return [];
    return found.filter(
      (item) =>
        typeof item?.json === "string" &&
        typeof item.id === "string" &&
        /^(responses|events)$/.test(item.route),
    );
  } catch {
    return [];
  }
}
