import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { containsWords, parseWordSearch } from "../../../../lib/domain/text/search.ts";

function finds(query: string, text: string): boolean | undefined {
  const search = parseWordSearch(query);
  return search && containsWords(search, text);
}

const comment = "Die Lieferung war schnell, aber der Kundenservice hat nicht geantwortet!";

describe("a search for words", () => {
  it.each([
    ["lieferung", true],
    ["LIEFER", true],
    ["ieferung", false],
    ["service", false],
    ["schnell lieferung", true],
    ["schnell, teuer", false],
    ["kunden nicht", true],
  ])("for %s in scripts with spaces matches beginnings of words: %s", (query, expected) => {
    expect(finds(query, comment)).toBe(expected);
  });

  it.each([
    ["配送", "今回の配送は遅いです", true],
    ["遅い", "今回の配送は遅いです", true],
    ["配送 速い", "今回の配送は遅いです", false],
    ["がっかり", "とてもがっかりした", true],
    ["かっかり", "とてもがっかりした", false],
    ["ｽﾏﾎ", "新しいスマホが壊れた", true],
    ["发货", "这次发货太慢了", true],
    ["บริการ", "พนักงานบริการดีมาก", true],
    ["iphone壊れた", "私のiPhoneがすぐ壊れたので返品", true],
    ["배송", "배송이 빨라요", true],
    ["доставк", "Быстрая доставка", true],
    ["شكرا", "شُكْراً جزيلاً", true],
    ["👍", "super 👍🏽", true],
    ["👎", "super 👍🏽", false],
  ])("for %s in %s: %s", (query, text, expected) => {
    expect(finds(query, text)).toBe(expected);
  });

  it.each(["", "   ", "…!?", "\u200b"])("needs a word: %j has none", (query) => {
    expect(parseWordSearch(query)).toBeUndefined();
  });

  it("takes what would be special in a pattern as it is", () => {
    expect(finds("(a+)+$", "write (a+)+$ here")).toBe(true);
    expect(finds("(a+)+$", "aaaa")).toBe(false);
    expect(finds(".*", "anything")).toBeUndefined();
    expect(finds("a|b", "a")).toBe(false);
    expect(finds("[x-z]", "y")).toBe(false);
  });
});

const word = fc
  .array(fc.constantFrom(..."abcdeéüßøλдбשم한9"), { minLength: 1, maxLength: 8 })
  .map((letters) => letters.join(""));
const unspacedWord = fc
  .array(fc.constantFrom(..."日本語配送遅がカดบ"), { minLength: 1, maxLength: 6 })
  .map((letters) => letters.join(""));

describe("for any words", () => {
  it("a text contains each beginning of each of its words, in any order and case", () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), fc.nat(), (words, cut) => {
        const query = words.toReversed().map((each) => each.slice(0, 1 + (cut % each.length)).toUpperCase());
        return finds(query.join(" "), words.join(", ")) === true;
      }),
    );
  });

  it("a text without spaces contains each of its parts", () => {
    fc.assert(
      fc.property(unspacedWord, unspacedWord, unspacedWord, (before, part, after) => {
        return finds(part, before + part + after) === true;
      }),
    );
  });

  it("more words never find more, and the text finds itself", () => {
    fc.assert(
      fc.property(word, word, fc.string({ unit: "grapheme", maxLength: 40 }), (one, other, text) => {
        const both = finds(`${one} ${other}`, text);
        expect(both).toBe(finds(one, text) === true && finds(other, text) === true);
        expect([true, undefined]).toContain(finds(text, text));
      }),
    );
  });
});
