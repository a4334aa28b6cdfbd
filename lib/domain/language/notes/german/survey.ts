import type { MetricNotes } from "../metric-notes.ts";
import { customersNote } from "./shared-notes.ts";

/** What to know of the metrics of surveys, in German. */
export const germanSurveyNotes: MetricNotes = {
  nps: [
    "Auf 1–10 gefragte Umfragen geben die Skala 1-10 an. Sie sind nicht vergleichbar und werden nie beigemischt: convention=1-10 zeigt sie allein, ein Arbeitsbereich kann das zur Vorgabe machen (conventions), und neben der anderen Konvention stehen sie in den Komponenten „score 1-10“, „low 1-10“, „high 1-10“ und „n 1-10“ und haben im Bericht eine eigene Karte, sobald es eine gibt.",
    "Werte addieren sich über Umfragen, Segmente und Zeiträume: Der Wert eines Jahres wird aus den Antworten des Jahres berechnet, nicht aus den Werten seiner Monate.",
    customersNote("Antworten"),
  ],
  csat: [
    "Der Anteil addiert sich über Skalen, da jede Antwort entweder zufrieden ist oder nicht; die Mittel tun das nicht, daher gibt es für jede Skala eines.",
    "Das vollständige Histogramm jeder verwendeten Skala steht unter den Komponenten.",
    customersNote("Antworten"),
  ],
  ces: [
    "Die Skala effort-1-5 reicht von 1 „sehr geringer Aufwand“ bis 5 „sehr hoher Aufwand“, niedriger ist also besser: Sie wird nie beigemischt. convention=effort-1-5 zeigt sie allein; neben der anderen Konvention steht sie in den Komponenten „mean effort-1-5“ und „n effort-1-5“ und hat im Bericht eine eigene Karte, sobald es eine Antwort gibt.",
    customersNote("Antworten"),
  ],
  esat: [
    "Mitarbeiter werden gefragt: Eine Antwort trägt keine Kundennummer.",
    "Antworten auf 1–5 geben die Skala 1-5 an und werden nie beigemischt: convention=1-5 zeigt sie allein, mit 4–5 als Top-Box; neben der anderen Konvention stehen sie in den Komponenten „mean 1-5“ und „n 1-5“ und haben im Bericht eine eigene Karte, sobald es eine gibt.",
  ],
  "task-completion": [
    "Jede Antwort ist ein Versuch: erledigt oder nicht. Konvention in-time = 100·rechtzeitig erledigt/versucht: von allen Versuchen, auch den gescheiterten, was immer sie über die Zeit sagen. inTimePercent ist dasselbe neben der anderen Konvention.",
    "late zählt die, die es erledigt haben und sagen, dass es nicht rechtzeitig war. Bei denen, die es erledigt haben und nichts über die Zeit sagen, ist nicht bekannt, ob es rechtzeitig war, und ein Hinweis sagt, wie viele das sind; sagt keiner von ihnen etwas, fehlt der rechtzeitige Anteil (null).",
    "Die Erledigung nach Absicht steht bei visitor-intent, dessen Antworten hier nicht gezählt werden.",
    "Über etwa 1.200 Usability-Tests von Aufgaben ist das Mittel 78 %.",
  ],
  "visitor-intent": [
    "Die Komponenten enthalten jede Absicht, die häufigste zuerst: ihre Antworten („answers …“), ihren Anteil mit dem Intervall („sharePercent …“, „shareLow …“, „shareHigh …“) und, wo gesagt wurde, ob es erledigt ist, die Erledigten, die Gefragten und die Quote mit ihrem Intervall („completed …“, „asked …“, „completionPercent …“, „completionLow …“, „completionHigh …“).",
    "Eine Absicht ist die Auswahl, wie sie gesendet wurde, Buchstabe für Buchstabe. Die ersten 30 eines Arbeitsbereichs werden mit Namen gezählt, soweit ihre Namen zusammen in 600 Bytes passen, später hinzugekommene als (other): keine Absicht, sondern viele, daher steht es am Ende und ist nie die häufigste, und ein Hinweis sagt, dass es solche gibt.",
    "Eine Antwort hat eine Absicht; ob sie erledigt wurde, ist freiwillig, und die Erledigung einer Absicht bezieht sich auf die Antworten, die es sagen.",
    "Mit groupBy=choice oder filter.choice hat jede Gruppe nur eine Absicht, und deren Anteil ist 100 % (keiner, wo sie als (other) zählt): Fragen Sie ohne und lesen Sie die Komponenten.",
    "Wo die häufigste Absicht im Vergleichszeitraum eine andere ist, sind die beiden Anteile die von verschiedenen Dingen, und es gibt keinen Test.",
  ],
  "survey-response-rate": [
    "Die Kohorte sind die Einladungen, die im Abschnitt verschickt wurden: Eine Antwort zählt an dem Tag, an dem ihre Einladung verschickt wurde, einmal, so viele Antworten es auch sind, daher übersteigt die Quote nie 100 %.",
    "Eine Einladung beantwortet, wer ihre invitationId nennt, nicht vor dem Versand und bis zu responseCutOffDays des Arbeitsbereichs (14, sofern nicht gesetzt) nach dem Tag des Versands, dieser Tag noch eingeschlossen. Die erste spätere Antwort zählt als answeredLate, eine frühere gar nicht.",
    "Eine Einladung, die unter derselben invitationId noch einmal verschickt wird, ist eine Einladung und beim ersten Mal verschickt.",
    "Tage, deren Einladungen noch beantwortet werden können, sind vorläufig.",
    "hour00 bis hour23 sind die Stunden des Tages im Arbeitsbereich, in denen die rechtzeitigen Antworten gegeben wurden. Mit groupBy=hour, surveyId oder einer Dimension werden die Einladungen danach gruppiert, wann und womit sie verschickt wurden.",
    "Eine Antwort, die aus der Zählung genommen wurde, beantwortet keine Einladung.",
    "Externe Umfragen erhalten üblicherweise auf 10–15 % ihrer Einladungen Antworten.",
  ],
  "feedback-volume": [
    "Gezählt werden die Antworten auf alle Umfragen, und daneben die auf jede einzelne.",
    "Ein Kommentar, der mit seiner Person gelöscht wurde, bleibt gezählt.",
  ],
};
