import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { dirname, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { LocalCloudError, messageOf } from "../errors.ts";
import type { EngineProgram } from "./find-engine.ts";

/** A running engine. */
export interface Engine {
  /** For example `http://127.0.0.1:40002`. */
  readonly endpoint: string;
  readonly pid: number;
  /** Settles when the process ends, with how it ended in words. */
  readonly ended: Promise<string>;
  /** Lets it finish, and ends it after two seconds at the latest. */
  stop(): Promise<void>;
}

const startMilliseconds = 60_000;

/**
 * Starts an engine on a free port.
 * @param onSpawn called as soon as there is a process, before it is ready
 * @throws LocalCloudError with the engine's own words when it does not start
 */
export async function startEngine(
  program: EngineProgram,
  dataDirectory: string,
  onSpawn: (pid: number) => void = () => {},
): Promise<Engine> {
  mkdirSync(dirname(program.databaseFile(dataDirectory)), { recursive: true });
  const folder = resolve(dataDirectory);
  let problem = "";
  // Between finding a free port and the engine's taking it, another process may be faster: then again.
  for (let attempt = 0; attempt < 3; attempt++) {
    const port = await freePort();
    const child = spawn(program.command, program.arguments(port, folder), {
      // DynamoDB Local leaves a file with its telemetry's settings where it runs.
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      // Its own process group: Ctrl-C in the terminal is for the local cloud, which ends the engine last.
      detached: true,
    });
    const ended = endOf(child);
    if (child.pid !== undefined) {
      const watchdog = startWatchdog(child.pid);
      void ended.then(() => watchdog?.kill("SIGKILL"));
      onSpawn(child.pid);
    }
    const failure = await readiness(program, child, ended, port);
    if (failure === undefined && child.pid !== undefined) {
      return { endpoint: `http://127.0.0.1:${port}`, pid: child.pid, ended, stop: () => stop(child, ended) };
    }
    child.kill("SIGKILL");
    problem = failure ?? "it has no process";
    if (!problem.includes("in use")) break;
  }
  throw new LocalCloudError(`The DynamoDB engine does not start on ${dataDirectory}: ${problem}`);
}

/** @returns undefined when it takes requests, else why it does not */
async function readiness(
  program: EngineProgram,
  child: ChildProcess,
  ended: Promise<string>,
  port: number,
): Promise<string | undefined> {
  const printed: string[] = [];
  const { promise: ready, resolve } = Promise.withResolvers<undefined>();
  const tooLate = AbortSignal.timeout(startMilliseconds);
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface(stream).on("line", (line) => {
      if (printed.length < 20) printed.push(line.replace(/^error: /, ""));
      if (program.isReady(line)) void isListening(port, tooLate).then(resolve);
    });
  }
  const late = once(tooLate, "abort").then(() => `it is not ready after ${startMilliseconds / 1_000} s`);
  return Promise.race([ready, late, ended.then((how) => printed.join(" ") || how)]);
}

/** Resolves when a port takes connections: DynamoDB Local says that it is ready a moment before it is. */
async function isListening(port: number, until: AbortSignal): Promise<undefined> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect", { signal: until });
      return;
    } catch {
      if (until.aborted) return;
      await setTimeout(20, undefined, { signal: until }).catch(() => {});
    } finally {
      socket.destroy();
    }
  }
}

/**
 * Ends the engine when this process is gone, even by `kill -9`: a shell that waits for the end of a pipe which only
 * this process holds open. Windows has no such shell; there the next start ends an engine that was left behind.
 */
function startWatchdog(enginePid: number): ChildProcess | undefined {
  if (process.platform === "win32") return undefined;
  const watchdog = spawn("/bin/sh", ["-c", 'read -r _; kill "$0"', String(enginePid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watchdog.on("error", () => {});
  watchdog.unref();
  return watchdog;
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill("SIGTERM");
  const isEnough = new AbortController();
  const late = setTimeout(2000, "late", { signal: isEnough.signal }).catch(() => "ended");
  if ((await Promise.race([ended, late])) === "late") child.kill("SIGKILL");
  isEnough.abort();
  await ended;
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(messageOf(error)));
    child.once("exit", (code, signal) =>
      resolve(signal ? `it ended by ${signal}` : `it ended with code ${code}`),
    );
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
