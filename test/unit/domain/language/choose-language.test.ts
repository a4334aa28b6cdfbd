import { describe, expect, it } from "vitest";
import { acceptedLanguage, knownLanguage } from "../../../../lib/domain/language/choose-language.ts";

describe("the language that a browser asks for", () => {
  it.each([
    ["de-AT,de;q=0.9,en;q=0.8", "de"],
    ["fr-CH, fr;q=0.9, it;q=0.7, en;q=0.5", "it"],
    ["zh-TW,zh;q=0.9", "zh-Hant"],
    ["zh-HK", "zh-Hant"],
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"],
    ["zh", "zh-Hans"],
    ["zh-Hant-MO", "zh-Hant"],
    ["ja", "ja"],
    ["en;q=0.2, ja;q=0.9", "ja"],
    ["fr, es", "en"],
    ["*", "en"],
    ["", "en"],
    [undefined, "en"],
    ["de;q=0, it", "it"],
    ["x_!,;;q=9, '", "en"],
  ] as const)("%s is answered in %s", (header, tag) => {
    expect(acceptedLanguage(header)).toBe(tag);
  });
});

it("a choice that there are no texts for is none", () => {
  expect(knownLanguage("de")).toBe("de");
  for (const tag of ["fr", "DE", "", undefined, "__proto__"]) expect(knownLanguage(tag)).toBeUndefined();
});
