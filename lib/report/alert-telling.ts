import type { Transition } from "../domain/alerts/transitions.ts";
import type { Language } from "../domain/language/language.ts";
import type { Telling } from "../domain/webhooks/announcement.ts";
import type { AlertEvidence } from "../queries/alert-evidence.ts";
import { clearedSentence, evidenceSentences, raisedSentence, type SaidAlert } from "./alert-words.ts";

/** How an alert is told in a message: a sentence, and what stands behind it. */
export function tellAlert(
  said: SaidAlert & { readonly transition: Transition; readonly evidence: AlertEvidence | undefined },
  type: "alert.raised" | "alert.cleared",
  language: Language,
): Telling {
  const { raised, cleared, state } = said.transition;
  if (type === "alert.cleared") {
    return { title: cleared ? clearedSentence(said, cleared, language) : "", lines: [] };
  }
  if (!raised || !said.evidence) return { title: "", lines: [] };
  const together = language.text("alerts.together", { count: state.judgedTogether });
  return {
    title: raisedSentence(said, raised, language),
    lines: [...evidenceSentences(said, raised, said.evidence, language), together],
  };
}
