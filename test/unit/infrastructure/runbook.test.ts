import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ownRunbookAddress, runbookAddress } from "../../../lib/infrastructure/runbook.ts";

it.each([
  ["git@github.com:owner/name.git", "https://github.com/owner/name/blob/1a2b/docs/operations.md"],
  ["https://github.com/owner/name", "https://github.com/owner/name/blob/1a2b/docs/operations.md"],
  ["ssh://git@git.example.com:2222/a/b.git", "https://git.example.com/a/b/blob/1a2b/docs/operations.md"],
  [
    "https://gitlab.com/group/sub/name.git/",
    "https://gitlab.com/group/sub/name/-/blob/1a2b/docs/operations.md",
  ],
  ["git@bitbucket.org:owner/name.git", "https://bitbucket.org/owner/name/src/1a2b/docs/operations.md"],
])("the runbook of a copy from %s is at its host, in the version at hand", (remote, address) => {
  expect(runbookAddress(remote, "1a2b")).toBe(address);
});

it("a name and a password in a remote's address get into no alarm", () => {
  const address = runbookAddress("https://robot:secret@github.com/owner/name.git", "1a2b");
  expect(address).toBe("https://github.com/owner/name/blob/1a2b/docs/operations.md");
});

it.each(["/home/somebody/name.git", "file:///srv/name.git", "../name", "localhost:name"])(
  "a remote that no host on the web has gives no address: %s",
  (remote) => {
    expect(runbookAddress(remote, "1a2b")).toBeUndefined();
  },
);

it("a folder that is no copy of a repository names the runbook's place in the project", () => {
  const folder = mkdtempSync(join(tmpdir(), "no-repository-"));
  expect(ownRunbookAddress(folder)).toBe("docs/operations.md");
  rmSync(folder, { recursive: true });
});
