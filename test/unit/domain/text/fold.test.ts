import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold } from "../../../../lib/domain/text/fold.ts";

const anyText = fc.string({ unit: "grapheme", maxLength: 60 });
const accents = ["\u0300", "\u0301", "\u0308", "\u0327", "\u0306", "\u030a"];

describe("folding", () => {
  it.each([
    ["Straße", "strasse"],
    ["STRASSE", "strasse"],
    ["Łódź", "lodz"],
    ["Smørrebrød", "smorrebrod"],
    ["Œuvre", "oeuvre"],
    ["İstanbul", "istanbul"],
    ["ılık", "ilik"],
    ["Đặng", "dang"],
    ["ΆΣΟΣ", "ασοσ"],
    ["άσος", "ασοσ"],
    ["Ёлка", "елка"],
    ["їжак", "іжак"],
    ["مُحَمَّد", "محمد"],
    ["شـكـرا", "شكرا"],
    ["شكراً", "شكرا"],
    ["שָׁלוֹם", "שלום"],
    ["ＡＢＣ１２", "abc12"],
    ["ﾊﾞｶ", "バカ"],
    ["co\u00adoperate", "cooperate"],
    ["می\u200cخواهم", "میخواهم"],
  ])("%s is %s", (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it("keeps the signs that make another syllable", () => {
    for (const [one, other] of [
      ["が", "か"],
      ["パ", "ハ"],
      ["ดี", "ดา"],
      ["हिन्दी", "हन्द"],
    ] as const) {
      expect(fold(one)).not.toBe(fold(other));
    }
    expect(fold("한국어")).toBe("한국어");
  });

  it("is the same once and twice, for any text", () => {
    fc.assert(fc.property(anyText, (text) => fold(fold(text)) === fold(text)));
  });

  it("makes no difference between composed and decomposed characters, for any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(text.normalize("NFD"))).toBe(fold(text.normalize("NFC")));
      }),
    );
  });

  it("makes no difference between upper and lower case with any accents", () => {
    const letter = fc.constantFrom(
      ..."abcdefghijklmnopqrstuvwxyzßøłæœđþαβγδεζηθικλμνξοπρστυφχψωабвгдежзиклмн",
    );
    const accented = fc.tuple(letter, fc.constantFrom("", ...accents)).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.array(accented, { minLength: 1, maxLength: 12 }), (word) => {
        const text = word.join("");
        const bare = text.replace(/[\u0300-\u036f]/g, "");
        expect(fold(text.toUpperCase())).toBe(fold(text));
        expect(fold(text)).toBe(fold(bare));
      }),
    );
  });
});
