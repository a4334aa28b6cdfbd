import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { openApiDocument } from "../../../lib/api/openapi/document.ts";
import { clientTypes, type Schema } from "../../../lib/tools/client/types.ts";

const folder = new URL("../../../packages/client/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");

it("the client's types are those of the OpenAPI document (npm run client:types)", () => {
  const { components } = openApiDocument("https://api.cx-metrics.invalid");
  const written = clientTypes((components?.schemas ?? {}) as Readonly<Record<string, Schema>>);
  expect(read("src/facts.ts") === written).toBe(true);
});

it("the client has at most 5 KB in a browser, and no dependencies", async () => {
  const { outputFiles } = await build({
    entryPoints: [new URL("src/client.ts", folder).pathname],
    ...{ bundle: true, minify: true, format: "esm", target: "es2022", platform: "browser", write: false },
  });
  const [bundle] = outputFiles;
  expect(gzipSync(bundle?.contents ?? "").length).toBeLessThanOrEqual(5 * 1024);
  const manifest = JSON.parse(read("package.json"));
  expect([manifest.dependencies, manifest.peerDependencies]).toEqual([undefined, undefined]);
});
