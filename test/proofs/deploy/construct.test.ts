import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { httpFunctions } from "../../../lib/routes.ts";
import { backgroundFunctions } from "../../../lib/schedules.ts";

const run = promisify(execFile);
const project = fileURLToPath(new URL("../../..", import.meta.url));

let place: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "construct-"));
});
afterAll(() => rm(place, { recursive: true }));

/** Puts packages of the project beside the app, as an installation would. */
async function provide(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(join(place, "node_modules", name, ".."), { recursive: true });
    await symlink(join(project, "node_modules", name), join(place, "node_modules", name));
  }
}

it("packed and used in an empty CDK app, the construct deploys every function as it is built", async () => {
  await run("npm", ["pack", "--pack-destination", place], { cwd: join(project, "packages/cdk") });
  const [tarball = ""] = (await readdir(place)).filter((name) => name.endsWith(".tgz"));
  await mkdir(join(place, "node_modules/@cx-metrics/cdk"), { recursive: true });
  await run("tar", ["xzf", tarball, "--strip-components=1", "-C", "node_modules/@cx-metrics/cdk"], {
    cwd: place,
  });
  await provide("aws-cdk-lib", "constructs", "@types/node");
  await writeFile(
    join(place, "package.json"),
    JSON.stringify({ name: "empty", type: "module", private: true }),
  );
  const program = `
    import { App, CfnOutput, Stack } from "aws-cdk-lib";
    import { CxMetrics } from "@cx-metrics/cdk";
    const app = new App({ outdir: "out" });
    const stack = new Stack(app, "Shop");
    const cx = new CxMetrics(stack, "Cx", { dashboards: "both", throttleRate: 50, dashboardGoals: ["nps"] });
    new CfnOutput(stack, "Where", { value: cx.apiUrl });
    app.synth();
  `;
  await writeFile(join(place, "app.mjs"), program);
  await run(process.execPath, ["app.mjs"], { cwd: place });
  const template = JSON.parse(await readFile(join(place, "out/Shop.template.json"), "utf8"));
  const resources: { Type: string; Properties: Record<string, unknown> }[] = Object.values(
    template.Resources,
  );
  const functions = resources.filter(({ Type }) => Type === "AWS::Lambda::Function");
  expect(functions).toHaveLength(Object.keys(httpFunctions).length + backgroundFunctions.length);
  expect(resources.filter(({ Type }) => Type === "AWS::CloudWatch::Dashboard")).toHaveLength(2);
  expect(JSON.stringify(template)).toContain('"ThrottlingRateLimit":50');
  const assets = (await readdir(join(place, "out"))).filter((name) => name.startsWith("asset."));
  expect(assets.length).toBeGreaterThan(10);

  const options = { module: "nodenext", target: "es2022", strict: true, noEmit: true, skipLibCheck: true };
  await writeFile(
    join(place, "tsconfig.json"),
    JSON.stringify({ compilerOptions: options, include: ["app.ts"] }),
  );
  await writeFile(join(place, "app.ts"), program);
  await run(join(project, "node_modules/.bin/tsc"), ["-p", place]);
}, 300_000);
