import { expect, it } from "vitest";
import { readSmokeOptions } from "../../../../lib/tools/smoke/options.ts";

const url = "https://api.example";

it("address and key come from the command line, or from the environment", () => {
  const expected = { url, key: "k", stack: undefined };
  expect(readSmokeOptions(["--url", `${url}/`, "--key", "k"], {})).toEqual(expected);
  expect(readSmokeOptions([], { CX_URL: url, API_KEY: "k" })).toEqual(expected);
  expect(readSmokeOptions(["--stack", "CxMetrics"], { CX_URL: url, API_KEY: "k" })).toMatchObject({
    stack: "CxMetrics",
  });
});

it("help needs nothing else", () => {
  expect(readSmokeOptions(["--help"], {})).toBeUndefined();
});

it.each([
  ["no address", ["--key", "k"], /--url is missing/],
  ["no key", ["--url", url], /--key is missing/],
  ["an address that is none", ["--url", "api", "--key", "k"], /--url/],
  ["an option that there is not", ["--ulr", url], /--ulr/],
])("%s is told in one line", (_name, args, message) => {
  expect(() => readSmokeOptions(args, {})).toThrow(message);
});
