import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** At this size a log file is renamed to `<name>.1` (in place of the one before), so that logs stay bounded. */
const maxBytes = 20 * 1024 * 1024;

/**
 * A log, of one function or of the API: a file of JSON lines. Lines that a handler writes as JSON objects are kept as they are;
 * anything else is wrapped as `{ timestamp, level, message }`, as Lambda's JSON log format does.
 */
export class LogFile {
  readonly #file: string;
  #bytes: number;
  #waiting: string[] = [];
  #unfinished = { INFO: "", ERROR: "" };

  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.#file = file;
    this.#bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Takes a piece of what the function printed: whole lines or not. */
  print(chunk: string, level: "INFO" | "ERROR"): void {
    const lines = (this.#unfinished[level] + chunk).split("\n");
    this.#unfinished[level] = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") this.#add(asJsonLine(line, level));
  }

  /** Takes a line that is JSON. */
  write(line: string): void {
    this.#add(line);
  }

  /** Notes what happened to the function itself: a crash, a timeout. */
  note(message: string, details: object = {}): void {
    this.#add(JSON.stringify({ timestamp: new Date().toISOString(), level: "ERROR", message, ...details }));
  }

  /** Writes what is still waiting. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    const text = `${this.#waiting.join("\n")}\n`;
    this.#waiting = [];
    try {
      if (this.#bytes > maxBytes) {
        renameSync(this.#file, `${this.#file}.1`);
        this.#bytes = 0;
      }
      appendFileSync(this.#file, text);
      this.#bytes += Buffer.byteLength(text);
    } catch {
      // A log that cannot be written (disk full, folder gone) must not take the requests down with it.
    }
  }

  #add(line: string): void {
    if (this.#waiting.length === 0) setTimeout(() => this.flush(), 50).unref();
    this.#waiting.push(line);
  }
}

function asJsonLine(line: string, level: string): string {
  if (line.startsWith("{") && line.endsWith("}")) return line;
  return JSON.stringify({ timestamp: new Date().toISOString(), level, message: line });
}
