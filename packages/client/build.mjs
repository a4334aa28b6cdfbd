import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Writes `dist`: one minified module, and the types. */

const folder = dirname(fileURLToPath(import.meta.url));
const typescript = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));

rmSync(join(folder, "dist"), { recursive: true, force: true });
await build({
  entryPoints: [join(folder, "src/client.ts")],
  outfile: join(folder, "dist/client.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  logLevel: "warning",
});
execFileSync(process.execPath, [join(typescript, "bin/tsc"), "-p", folder], { stdio: "inherit" });
