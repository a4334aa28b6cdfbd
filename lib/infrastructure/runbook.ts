import { execFileSync } from "node:child_process";

/** Where the runbook can be read: alarms are read on phones, away from this folder. */

/** The runbook's place in the project. */
export const runbookPath = "docs/operations.md";

/**
 * The address of the runbook at the host of the project's copy, as its remote is named in Git; undefined for a remote that is no web
 * host. A name or a password in it is left out.
 * @param remote for example `git@github.com:owner/name.git`
 * @param revision a branch, tag or commit
 */
export function runbookAddress(remote: string, revision: string): string | undefined {
  const pattern =
    /^(?:https?:\/\/|ssh:\/\/)?(?:[^@/]+@)?([\w-]+(?:\.[\w-]+)+)(?::\d+)?[:/](.+?)(?:\.git)?\/?$/;
  const [, host, path] = pattern.exec(remote.trim()) ?? [];
  if (host === undefined || path === undefined) return undefined;
  const folder = host.includes("gitlab") ? "-/blob" : host.includes("bitbucket") ? "src" : "blob";
  return `https://${host}/${path}/${folder}/${encodeURIComponent(revision)}/${runbookPath}`;
}

/** The address of the runbook as it is in the version at hand; its place in the project where that has no remote. */
export function ownRunbookAddress(directory: string): string {
  const git = (...parameters: string[]): string | undefined => {
    try {
      const stdio = ["ignore", "pipe", "ignore"] as const;
      return execFileSync("git", parameters, { cwd: directory, encoding: "utf8", stdio: [...stdio] }).trim();
    } catch {
      // No Git, or no repository.
      return undefined;
    }
  };
  const remote = git("remote", "get-url", "origin");
  const revision = remote === undefined ? undefined : git("rev-parse", "HEAD");
  if (remote === undefined || revision === undefined) return runbookPath;
  return runbookAddress(remote, revision) ?? runbookPath;
}
