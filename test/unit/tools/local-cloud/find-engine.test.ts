import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findEngine } from "../../../../lib/tools/local-cloud/engine/find-engine.ts";
import { LocalCloudError } from "../../../../lib/tools/local-cloud/errors.ts";

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "cx-metrics-project-"));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(project, { recursive: true });
});

function make(...parts: string[]): void {
  const file = join(project, ...parts);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, "{}");
}

function installEmbedded(): string {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  make("node_modules", name, "package.json");
  make("node_modules", name, "dynoxide");
  return join(project, "node_modules", name, "dynoxide");
}

function installJava(): void {
  make("bin", process.platform === "win32" ? "java.exe" : "java");
  vi.stubEnv("PATH", join(project, "bin"));
}

describe("the engine", () => {
  it("is the embedded one where its package is installed", () => {
    const command = installEmbedded();
    installJava();
    make(".cache", "dynamodb-local", "DynamoDBLocal.jar");
    expect(findEngine(project)).toMatchObject({ kind: "embedded", command });
  });

  it("is else DynamoDB Local, wherever its jar is below its folder", () => {
    installJava();
    make(".cache", "dynamodb-local", "package", "emulator", "DynamoDBLocal.jar");
    expect(findEngine(project).kind).toBe("dynamodb-local");
  });

  it.each([
    ["nothing is there", () => {}],
    ["Java has no DynamoDB Local", installJava],
  ])("is missed in one line that says what to install when %s", (_name, install) => {
    vi.stubEnv("PATH", "");
    install();
    const find = () => findEngine(project);
    expect(find).toThrow(LocalCloudError);
    expect(find).toThrow(
      /^No DynamoDB engine for \S+: .*install Java and run npm run fetch:dynamodb-local.*DYNAMODB_ENDPOINT$/,
    );
  });
});

describe("DYNAMODB_ENGINE", () => {
  it("asks for one of two that are there", () => {
    installEmbedded();
    installJava();
    make(".cache", "dynamodb-local", "DynamoDBLocal.jar");
    vi.stubEnv("DYNAMODB_ENGINE", "dynamodb-local");
    expect(findEngine(project).kind).toBe("dynamodb-local");
    vi.stubEnv("DYNAMODB_ENGINE", "embedded");
    expect(findEngine(project).kind).toBe("embedded");
  });

  it("never gives the other one, and refuses what is none", () => {
    installEmbedded();
    vi.stubEnv("DYNAMODB_ENGINE", "dynamodb-local");
    expect(() => findEngine(project)).toThrow(/^No DynamoDB engine/);
    vi.stubEnv("DYNAMODB_ENGINE", "dynalite");
    expect(() => findEngine(project)).toThrow("must be embedded or dynamodb-local, not dynalite");
  });
});
