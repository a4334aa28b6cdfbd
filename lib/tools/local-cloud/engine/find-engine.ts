import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { LocalCloudError } from "../errors.ts";

/** A DynamoDB engine that can be started here. */
export interface EngineProgram {
  readonly kind: "embedded" | "dynamodb-local";
  readonly command: string;
  /** The file in the data folder that holds everything. */
  databaseFile(dataDirectory: string): string;
  arguments(port: number, dataDirectory: string): string[];
  /** Whether a line that it prints says that it takes requests. */
  isReady(line: string): boolean;
}

const platform = `${process.platform}-${process.arch}`;

/** The platforms for which `package.json` lists the embedded engine. */
const embeddedPlatforms: ReadonlySet<string> = new Set(["linux-x64"]);

const jarName = "DynamoDBLocal.jar";

/**
 * Looks for an engine: the embedded one for this platform, then DynamoDB Local (unpacked below
 * `.cache/dynamodb-local`) with Java. The environment variable `DYNAMODB_ENGINE` asks for one of them by its kind.
 * @param project the project's folder
 * @throws LocalCloudError that says what to install
 */
export function findEngine(project: string): EngineProgram {
  const wanted = process.env["DYNAMODB_ENGINE"] || undefined;
  if (wanted !== undefined && wanted !== "embedded" && wanted !== "dynamodb-local") {
    throw new LocalCloudError(`DYNAMODB_ENGINE must be embedded or dynamodb-local, not ${wanted}`);
  }
  const program =
    (wanted === "dynamodb-local" ? undefined : findEmbedded(project)) ??
    (wanted === "embedded" ? undefined : findDynamoDbLocal(project));
  if (program !== undefined) return program;
  throw new LocalCloudError(
    `No DynamoDB engine for ${platform}: ${embeddedPlatforms.has(platform) ? `run npm ci --include=optional (it installs @dynoxide/${platform}), or ` : ""}install Java and run npm run fetch:dynamodb-local, or name a running engine with DYNAMODB_ENDPOINT`,
  );
}

/** @returns undefined where the package for this platform is not installed */
export function findEmbedded(project: string): EngineProgram | undefined {
  const folder = packageFolder(project, `@dynoxide/${platform}`);
  const command = ["dynoxide", "dynoxide.exe"].map((name) => join(folder ?? "", name)).find(existsSync);
  if (folder === undefined || command === undefined) return undefined;
  const databaseFile = (dataDirectory: string) => join(dataDirectory, "dynamodb.sqlite");
  return {
    kind: "embedded",
    command,
    databaseFile,
    arguments: (port, dataDirectory) => [
      ...["--host", "127.0.0.1", "--port", String(port)],
      ...["--db-path", databaseFile(dataDirectory)],
    ],
    isReady: (line) => line.includes("listening on"),
  };
}

/** @returns undefined where its jar or Java is not there */
export function findDynamoDbLocal(project: string): EngineProgram | undefined {
  const jar = findJar(join(project, ".cache", "dynamodb-local"), 4);
  const java = findOnPath(process.platform === "win32" ? "java.exe" : "java");
  if (jar === undefined || java === undefined) return undefined;
  const folder = (dataDirectory: string) => join(dataDirectory, "dynamodb-local");
  return {
    kind: "dynamodb-local",
    command: java,
    databaseFile: (dataDirectory) => join(folder(dataDirectory), "shared-local-instance.db"),
    arguments: (port, dataDirectory) => [
      `-Djava.library.path=${join(dirname(jar), "DynamoDBLocal_lib")}`,
      ...["-jar", jar, "-port", String(port)],
      ...["-sharedDb", "-disableTelemetry", "-dbPath", folder(dataDirectory)],
    ],
    isReady: (line) => line.startsWith("CorsParams"),
  };
}

function packageFolder(project: string, name: string): string | undefined {
  try {
    return dirname(createRequire(join(project, "package.json")).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

function findJar(folder: string, depth: number): string | undefined {
  if (depth === 0 || !existsSync(folder)) return undefined;
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.name === jarName)) return join(folder, jarName);
  for (const entry of entries) {
    const found = entry.isDirectory() ? findJar(join(folder, entry.name), depth - 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function findOnPath(program: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(process.platform === "win32" ? ";" : ":");
  return folders.map((folder) => join(folder, program)).find(existsSync);
}
