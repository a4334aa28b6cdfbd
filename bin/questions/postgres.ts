import { execFile, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { csvLines, type Shape } from "./purchases.ts";

/** PostgreSQL, where Debian's package is installed: started for the bench, and ended by it. */

const run = promisify(execFile);
const versions = "/usr/lib/postgresql";

/** A running server of our own. */
export class Postgres {
  readonly #folder: string;
  readonly #bin: string;
  readonly #port: number;
  readonly #owner: { readonly uid?: number; readonly gid?: number };

  private constructor(folder: string, bin: string, port: number, owner: { uid?: number; gid?: number }) {
    this.#folder = folder;
    this.#bin = bin;
    this.#port = port;
    this.#owner = owner;
  }

  /** Starts one; `undefined` where it is not installed. */
  static async start(): Promise<Postgres | undefined> {
    const [version] = existsSync(versions) ? readdirSync(versions).sort().reverse() : [];
    if (version === undefined) return undefined;
    const folder = mkdtempSync(join(tmpdir(), "questions-postgres-"));
    const owner = ownerOf();
    if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid ?? owner.uid);
    const server = new Postgres(folder, join(versions, version, "bin"), await freePort(), owner);
    server.#control("initdb", ["-D", server.#data, "-U", "bench", "-A", "trust", "--no-sync"]);
    const options = `-p ${server.#port} -k ${folder} -c listen_addresses='' -c shared_buffers=1GB -c work_mem=256MB -c jit=off`;
    server.#control("pg_ctl", ["-D", server.#data, "-w", "-l", join(folder, "log"), "-o", options, "start"]);
    return server;
  }

  get #data(): string {
    return join(this.#folder, "data");
  }

  #control(program: string, args: readonly string[]): void {
    execFileSync(join(this.#bin, program), args, { stdio: "ignore", ...this.#owner, cwd: this.#folder });
  }

  get #client(): string[] {
    return ["-h", this.#folder, "-p", String(this.#port), "-U", "bench", "-d", "postgres", "-X", "-q"];
  }

  /** Makes the table of the raw rows, with the indexes that its questions can use. */
  async load(shape: Shape): Promise<void> {
    await this.#ask(
      "DROP TABLE IF EXISTS purchases; CREATE TABLE purchases (id text, occurred_at timestamptz, day date, customer_id text, channel text, plan text, country text, amount numeric(18, 2))",
    );
    const copy = spawn(
      join(this.#bin, "psql"),
      [...this.#client, "-c", "COPY purchases FROM STDIN (FORMAT csv)"],
      {
        stdio: ["pipe", "ignore", "inherit"],
      },
    );
    for (const lines of csvLines(shape)) copy.stdin.write(lines);
    copy.stdin.end();
    await new Promise((resolve) => copy.on("close", resolve));
    await this.#ask(
      "CREATE INDEX ON purchases (day, channel, plan, country) INCLUDE (amount); CREATE INDEX ON purchases (customer_id, occurred_at, id) INCLUDE (channel, plan, country)",
    );
    await this.#ask("VACUUM ANALYZE purchases");
  }

  /** Milliseconds that the server takes for a query, its answer included, as `\timing` says. */
  async time(sql: string): Promise<number> {
    const text = await this.#ask(`\\timing on\n${sql.replaceAll("\n", " ")};\n`);
    return Number(/Time: ([\d.]+) ms/.exec(text)?.[1]);
  }

  async #ask(text: string): Promise<string> {
    const child = run(join(this.#bin, "psql"), this.#client, { maxBuffer: 64 * 1024 * 1024 });
    child.child.stdin?.end(text.endsWith("\n") ? text : `${text};\n`);
    return (await child).stdout;
  }

  stop(): void {
    this.#control("pg_ctl", ["-D", this.#data, "-m", "immediate", "-w", "stop"]);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** It refuses to run as root: then it runs as the user that its package makes. */
function ownerOf(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (option: string) => Number(execFileSync("id", [option, "postgres"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
