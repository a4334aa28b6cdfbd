import type { DataDirectory } from "../data-directory.ts";
import { LocalCloudError } from "../errors.ts";
import { startEngine } from "./engine-process.ts";
import { findEngine } from "./find-engine.ts";
import { endLeftBehind } from "./left-behind.ts";

/** The engine that a local cloud works with, its own or another's. */
export interface RunningEngine {
  readonly endpoint: string;
  /** The process; undefined where it is not ours. */
  readonly pid: number | undefined;
  /** Whether the data folder had data before. */
  readonly hadData: boolean;
  /** Settles when our engine ends, with how in words. */
  readonly ended: Promise<string>;
  /** Notes that there is data now. */
  markData(): void;
  /** Notes that something was written, before it is acknowledged. */
  noteWrite(): void;
  stop(): Promise<void>;
}

/**
 * Starts an engine on the data folder, or takes the one at an endpoint.
 * @param project the project's folder, where engines are looked for
 * @throws LocalCloudError when there is no engine, when the data is not usable, or when the engine does not start
 */
export async function runEngine(
  project: string,
  data: DataDirectory,
  endpoint: string | undefined,
): Promise<RunningEngine> {
  if (endpoint !== undefined) return otherEngine(endpoint);
  const program = findEngine(project);
  if (data.enginePidBefore !== undefined) {
    await endLeftBehind(data.enginePidBefore, program.databaseFile(data.path));
  }
  const hadData = data.checkData(program);
  const engine = await startEngine(program, data.path, (pid) => data.keepEngine(pid));
  return {
    ...engine,
    hadData,
    markData: () => data.markData(program),
    noteWrite: () => data.noteWrite(program),
  };
}

function otherEngine(endpoint: string): RunningEngine {
  if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint)) {
    throw new LocalCloudError(
      `DYNAMODB_ENDPOINT must be an address such as http://127.0.0.1:8000, not ${endpoint}`,
    );
  }
  return {
    endpoint: new URL(endpoint).origin,
    pid: undefined,
    hadData: false,
    ended: new Promise(() => {}),
    markData: () => {},
    noteWrite: () => {},
    stop: async () => {},
  };
}
