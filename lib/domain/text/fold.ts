/** Text made comparable: the same word with and without accents, in any case and width, is the same text. */

/** Letters that have no decomposition into a letter and a mark, with what people write instead. */
const letters: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ħ: "h",
  ŧ: "t",
  ı: "i",
  ŋ: "n",
  ς: "σ",
};

const mappedLetters = new RegExp(`[${Object.keys(letters).join("")}]`, "gu");

/**
 * Characters that are left out: accents of Latin, Greek and Cyrillic letters, the vowel and reading signs of Hebrew and Arabic with
 * the Arabic stretching sign, and characters that show nothing (soft hyphens, joiners, variation selectors). Signs
 * that make another syllable (the voicing of kana, the vowels of Indic scripts and Thai) stay.
 */
const leftOut =
  /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\ufe20-\ufe2f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]|\p{Default_Ignorable_Code_Point}/gu;

/** Folds case, width and accents. Folding twice is folding once. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(leftOut, "")
    .replace(mappedLetters, (letter) => letters[letter] ?? letter)
    .normalize("NFC");
}
