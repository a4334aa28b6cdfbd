import * as z from "zod";

/** Rules for a lockfile, so that everybody installs the same, from one place, and nothing runs that nobody looked at. */

const packageSchema = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().default(false),
  /** Comes inside the package that it is for, and is covered by that one's checksum. */
  inBundle: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
});

/** `package-lock.json`, as far as it is looked at. */
export const lockfileSchema = z.looseObject({
  lockfileVersion: z.number(),
  packages: z.record(z.string(), packageSchema),
});

const versions = z.record(z.string(), z.string()).default({});

/** `package.json`, as far as it is looked at. */
export const manifestSchema = z.looseObject({
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
  /** The folders of packages that are made here. */
  workspaces: z.array(z.string()).default([]),
  /** The packages whose install scripts may run. */
  allowScripts: z.record(z.string(), z.boolean()).default({}),
});

/**
 * The problems of a lockfile, in words; empty where all is well: every dependency is pinned, every package has a
 * version and a strong checksum, all come over HTTPS from one registry (the one that npm is set to, where a package
 * names none), and only packages that the manifest lists run scripts when they are installed.
 */
export function lockfileProblems(
  lockfile: z.output<typeof lockfileSchema>,
  manifest: z.output<typeof manifestSchema>,
): string[] {
  const direct = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  const loose = Object.entries(direct)
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name} is not pinned: ${version}`);
  const isOwn = (path: string | undefined) => path !== undefined && manifest.workspaces.includes(path);
  const packages = Object.entries(lockfile.packages).filter(
    ([path, { link, resolved }]) => path !== "" && !isOwn(path) && !(link && isOwn(resolved)),
  );
  const registries = new Set(packages.flatMap(([, { resolved }]) => originOf(resolved) ?? []));
  const others = packages.flatMap(([path, one]) => packageProblems(path, one, manifest.allowScripts));
  const several = registries.size > 1 ? [`packages come from ${[...registries].sort().join(" and ")}`] : [];
  return [...loose, ...several, ...others];
}

function packageProblems(
  path: string,
  { version, resolved, integrity, link, inBundle, hasInstallScript }: z.output<typeof packageSchema>,
  allowScripts: Readonly<Record<string, boolean>>,
): string[] {
  const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
  const problems: string[] = [];
  if (version === undefined) problems.push(`${path} has no version`);
  if (link) problems.push(`${path} is a link`);
  if (hasInstallScript && allowScripts[name] !== true) problems.push(`${path} runs a script when installed`);
  if (inBundle) return problems;
  if (!integrity?.startsWith("sha512-")) problems.push(`${path} has no strong checksum`);
  if (resolved !== undefined && originOf(resolved) === undefined)
    problems.push(`${path} does not come from a registry`);
  return problems;
}

/** Where a package comes from; undefined where that is no registry: a folder, a repository, plain HTTP. */
function originOf(resolved: string | undefined): string | undefined {
  return resolved !== undefined && /^https:.*\.tgz$/.test(resolved) ? new URL(resolved).origin : undefined;
}
