import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { pageScript } from "../../lib/infrastructure/bundle.ts";

it("the script of the pages is small, the same whenever it is built, and makes no code of texts", () => {
  const script = pageScript();
  expect(script.length).toBeGreaterThan(500);
  expect(gzipSync(script).length).toBeLessThanOrEqual(40 * 1024);
  expect(pageScript()).toBe(script);
  expect(script).not.toMatch(/\beval\(|new Function|innerHTML|https?:\/\//);
});
