import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { join } from "node:path";
import { LocalCloudError } from "../errors.ts";
import { lock } from "../file-lock.ts";
import { hashSources } from "./source-hash.ts";

/** A CDK app on disk. */
export interface CdkApp {
  /** The project's folder. */
  readonly directory: string;
  /** The app's main module, from there. */
  readonly entry: string;
  /** The files and folders that the synthesis depends on. */
  readonly sources: readonly string[];
  /** Folders among them that it does not read. */
  readonly ignored?: readonly string[];
  /** Context that wins over that of `cdk.json`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Where synthesized assemblies are kept, below the project's folder. */
const cacheFolder = join(".cache", "assemblies");

/** Assemblies that were not used for this long are removed, except for the newest few. */
const keepMilliseconds = 60 * 60 * 1000;
const keepNewest = 8;

/**
 * The app's cloud assembly: from the cache when the sources are those of an earlier synthesis, else synthesized now.
 * Several processes may ask at the same time; one synthesizes, the others wait for it.
 * @param onSynthesis called when it takes long: when a synthesis begins, here or elsewhere
 * @returns the assembly's folder
 * @throws LocalCloudError with the end of what the synthesis printed when it fails
 */
export async function synthesize(app: CdkApp, onSynthesis: () => void = () => {}): Promise<string> {
  const cache = join(app.directory, cacheFolder);
  const known = find(cache, app);
  if (known !== undefined) return known;
  mkdirSync(cache, { recursive: true });
  onSynthesis();
  const held = await lock(join(cache, "lock"));
  try {
    return find(cache, app) ?? (await build(cache, app));
  } finally {
    prune(cache);
    held.release();
  }
}

/** Says that an assembly is in use, so that it stays in the cache. */
export function touch(assembly: string): void {
  const now = new Date();
  try {
    utimesSync(assembly, now, now);
  } catch {
    // Someone emptied the cache: what is loaded already goes on running.
  }
}

function find(cache: string, app: CdkApp): string | undefined {
  const assembly = join(cache, nameOf(app));
  if (!existsSync(join(assembly, "manifest.json"))) return undefined;
  touch(assembly);
  return assembly;
}

function nameOf(app: CdkApp): string {
  const sources = hashSources(app.directory, [app.entry, ...app.sources], app.ignored);
  const chosen = Object.entries(app.context ?? {}).map(([name, value]) => `-${name}=${value}`);
  return `${sources}${chosen.join("")}`;
}

async function build(cache: string, app: CdkApp): Promise<string> {
  // When sources change while they are read, the result belongs to neither state: then again.
  for (let attempt = 0; attempt < 3; attempt++) {
    const name = nameOf(app);
    const output = join(cache, `${name}.${process.pid}.new`);
    rmSync(output, { recursive: true, force: true });
    await run(app, output);
    if (nameOf(app) !== name) {
      rmSync(output, { recursive: true, force: true });
      continue;
    }
    const assembly = join(cache, name);
    rmSync(assembly, { recursive: true, force: true });
    renameSync(output, assembly);
    return assembly;
  }
  throw new LocalCloudError("The sources keep changing while the CDK app is synthesized: start again");
}

async function run(app: CdkApp, output: string): Promise<void> {
  const child = spawn(process.execPath, [app.entry], {
    cwd: app.directory,
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      CDK_OUTDIR: output,
      CDK_CONTEXT_JSON: JSON.stringify(context(app)),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  const keep = (chunk: string) => {
    printed = (printed + chunk).slice(-4000);
  };
  child.stdout.setEncoding("utf8").on("data", keep);
  child.stderr.setEncoding("utf8").on("data", keep);
  const end = () => child.kill();
  process.once("exit", end);
  const [code] = await once(child, "close");
  process.off("exit", end);
  if (code === 0 && existsSync(join(output, "manifest.json"))) return;
  rmSync(output, { recursive: true, force: true });
  throw new LocalCloudError(
    `The CDK app does not synthesize (npm run synth shows all of it):\n${printed.trim()}`,
  );
}

/** The context as the CDK's command line would give it: from `cdk.json`, and construct paths in the template. */
function context({ directory, context: chosen }: CdkApp): object {
  const file = join(directory, "cdk.json");
  const configured: { context?: object } = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  return {
    ...configured.context,
    "aws:cdk:enable-path-metadata": true,
    "aws:cdk:enable-asset-metadata": true,
    "aws:cdk:version-reporting": false,
    ...chosen,
  };
}

/** Removes old assemblies, and what syntheses that were killed left behind. Only for who holds the lock. */
function prune(cache: string): void {
  const folders = readdirSync(cache, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ path: join(cache, name), usedAt: statSync(join(cache, name)).mtimeMs }));
  for (const { path } of folders) if (path.endsWith(".new")) rmSync(path, { recursive: true, force: true });
  const assemblies = folders.filter(({ path }) => !path.endsWith(".new")).sort((a, b) => b.usedAt - a.usedAt);
  for (const { path, usedAt } of assemblies.slice(keepNewest)) {
    if (Date.now() - usedAt > keepMilliseconds) rmSync(path, { recursive: true, force: true });
  }
}
