import { copyFileSync, cpSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Writes `dist`: the construct, its types, and a folder with a bundle for each function. */

const folder = dirname(fileURLToPath(import.meta.url));
const project = join(folder, "../..");
const infrastructure = join(project, "lib/infrastructure");
const dist = join(folder, "dist");

/** What the package has in place of the project's own files. */
const replaced = {
  name: "replaced",
  setup(building) {
    building.onResolve({ filter: /^\.\/(bundle|runbook)\.ts$/ }, ({ path, importer }) =>
      dirname(importer) === infrastructure ? { path: join(folder, "src", path) } : undefined,
    );
  },
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
await build({
  entryPoints: [join(infrastructure, "construct.ts")],
  outfile: join(dist, "index.js"),
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  external: ["aws-cdk-lib", "aws-cdk-lib/*", "constructs"],
  // What is bundled is partly CommonJS, and asks for Node's own modules.
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
  plugins: [replaced],
  logLevel: "warning",
});
copyFileSync(join(folder, "src/index.d.ts"), join(dist, "index.d.ts"));

const bundler = join(dist, ".bundler.mjs");
await build({
  stdin: {
    contents: `
      import { bundleFunctions, bundlesDirectory } from "./bundle.ts";
      import { httpFunctions } from "../routes.ts";
      import { backgroundFunctions } from "../schedules.ts";
      export { bundlesDirectory };
      export const names = [...Object.keys(httpFunctions), ...backgroundFunctions.map(([name]) => name)];
      bundleFunctions(names);`,
    resolveDir: infrastructure,
    loader: "ts",
  },
  outfile: bundler,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  define: { "import.meta.url": JSON.stringify(`file://${infrastructure}/bundle.ts`) },
  logLevel: "warning",
});
const { names, bundlesDirectory } = await import(bundler);
for (const name of names)
  cpSync(join(bundlesDirectory, name), join(dist, "functions", name), { recursive: true });
rmSync(bundler);
