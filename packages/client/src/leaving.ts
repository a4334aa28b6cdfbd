import type { KeyValueStorage } from "./storage.ts";

/** What browsers have and other places lack. */
export interface Surroundings {
  readonly document?: {
    readonly visibilityState: string;
    addEventListener(event: string, listener: () => void): void;
    removeEventListener(event: string, listener: () => void): void;
  };
  readonly localStorage?: KeyValueStorage;
  readonly process?: Partial<ProcessLike>;
  addEventListener(event: string, listener: () => void): void;
  removeEventListener(event: string, listener: () => void): void;
}

interface ProcessLike {
  on(event: "beforeExit", listener: () => void): unknown;
  off(event: "beforeExit", listener: () => void): unknown;
}

/** Where this runs. */
export const surroundings = globalThis as unknown as Surroundings;

/** The moments in which a page or a process is about to go, or is connected again. */
interface Moments {
  /** A page is hidden or left: there is time for one request. */
  readonly onLeave: () => void;
  /** A process has nothing else to do. */
  readonly onExit: () => void;
  readonly onOnline: () => void;
}

/** Listens to them. @returns what stops that */
export function leaving({ onLeave, onExit, onOnline }: Moments): () => void {
  const { document, process } = surroundings;
  if (document) {
    const onHidden = () => document.visibilityState === "hidden" && onLeave();
    surroundings.addEventListener("pagehide", onLeave);
    surroundings.addEventListener("online", onOnline);
    document.addEventListener("visibilitychange", onHidden);
    return () => {
      surroundings.removeEventListener("pagehide", onLeave);
      surroundings.removeEventListener("online", onOnline);
      document.removeEventListener("visibilitychange", onHidden);
    };
  }
  if (typeof process?.on !== "function") return () => {};
  const node = process as ProcessLike;
  node.on("beforeExit", onExit);
  return () => node.off("beforeExit", onExit);
}
