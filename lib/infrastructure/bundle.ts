import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const project = fileURLToPath(new URL("../..", import.meta.url));

/** The folder with one file a function. */
export const functionsDirectory = join(project, "functions");

/** The folder that holds one folder a bundled function. Not in version control. */
export const bundlesDirectory = join(project, ".cache", "bundles");

/** The handler that Lambda is told: the export `handler` of the bundle `index.mjs`. */
export const bundledHandler = "index.handler";

/** The folder of a function's bundle: all that is deployed of it. */
export function bundleDirectory(name: string): string {
  return join(bundlesDirectory, name);
}

/**
 * Bundles functions, each with everything that it imports (the AWS SDK included, so that what ran locally is what
 * deploys), into `index.mjs` in its own folder. The output depends on the sources alone. Files of which nothing is used are left out: none of ours
 * does anything just because it is imported (`sideEffects` in `package.json`).
 * @param names file names in `functions/`, without `.ts`
 * @throws esbuild's `BuildFailure` where a function does not exist or does not bundle
 */
export function bundleFunctions(names: readonly string[]): void {
  const built = buildSync({
    absWorkingDir: project,
    entryPoints: names.map((name) => ({ in: join(functionsDirectory, `${name}.ts`), out: `${name}/index` })),
    outdir: bundlesDirectory,
    outExtension: { ".js": ".mjs" },
    write: false,
    bundle: true,
    minify: true,
    charset: "utf8",
    legalComments: "none",
    define: { PAGE_SCRIPT: JSON.stringify(pageScript()) },
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    alias: {
      "@aws-sdk/credential-provider-node": join(project, "lib", "store", "table", "lambda-credentials.ts"),
      "@aws-sdk/endpoint-cache": join(project, "lib", "store", "table", "endpoint-cache.ts"),
    },
    logLevel: "warning",
  });
  for (const file of built.outputFiles) writeIfChanged(file.path, file.contents);
}

/** The script of the pages, for browsers of the last three years. The function that serves it holds it as a text. */
export function pageScript(): string {
  const built = buildSync({
    absWorkingDir: project,
    entryPoints: [join(project, "lib", "pages", "script", "main.ts")],
    write: false,
    bundle: true,
    minify: true,
    charset: "utf8",
    legalComments: "none",
    platform: "browser",
    target: "es2022",
    format: "iife",
    logLevel: "warning",
  });
  return built.outputFiles.map(({ text }) => text).join("");
}

/** Replaces a file in one step, so that a synthesis running beside this one never reads half a bundle. */
function writeIfChanged(path: string, contents: Uint8Array): void {
  const directory = dirname(path);
  mkdirSync(directory, { recursive: true });
  if (readIfThere(path)?.equals(contents)) return;
  const temporary = join(bundlesDirectory, `${basename(directory)}.${process.pid}.tmp`);
  writeFileSync(temporary, contents);
  renameSync(temporary, path);
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
