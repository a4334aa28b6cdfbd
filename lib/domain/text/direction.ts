/** What others wrote, inside of a sentence of ours. */

/** Embeddings, overrides and isolates (Unicode Standard Annex 9, sections 2.1 to 2.4): what is left open turns the rest of the line round. */
const turning = /[\u202a-\u202e\u2066-\u2069]/gu;

/** A text without the invisible characters that set the direction of what follows. Letters have a direction of their own, which stays. */
export function withoutTurning(text: string): string {
  return text.replaceAll(turning, "");
}
