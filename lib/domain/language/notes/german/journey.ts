import type { MetricNotes } from "../metric-notes.ts";

/** What to know of the metrics of journeys, in German. */
export const germanJourneyNotes: MetricNotes = {
  "journey-funnel": [
    "Eine Reise zählt an dem Tag, an dem sie begann, und mit ihr jede Stufe, die sie seither erreicht hat: Die Zahlen eines vergangenen Tages steigen noch, solange seine Reisen weitergehen. Vergleichen Sie Zeiträume, die gleich viel Zeit dafür hatten, oder fragen Sie nach within=30: was in den 30-mal 24 Stunden ab dem Beginn der Reise geschah (1, 7, 14, 30, 60, 90, 180 oder 365 Tage); Tage, deren Reisen noch nicht so viel Zeit hatten, sind vorläufig.",
    "Eine Reise beginnt, wenn ihr Kunde zum ersten Mal in eine Stufe eintritt, gleich in welche. Sie dauert, bis ihr Kunde die erste und die letzte Stufe durchlaufen hat, in welcher Reihenfolge auch immer, und wieder in die erste eintritt, womit eine neue beginnt. Eine Stufe, in die wieder eingetreten wird, zählt je Reise einmal. Wer vor dem ersten Kontakt gewonnen ist, ist auf einer einzigen Reise.",
    "Konvention entered zählt, wer in eine Stufe eingetreten ist. Konvention reached zählt, wer in sie oder eine spätere eingetreten ist: Wer eine Stufe übersprungen hat oder dort später gesehen wurde, hat sie hinter sich.",
    "Die Konventionen customers-entered und customers-reached zählen Kunden statt Reisen: jeden einmal, an dem Tag, an dem seine erste Reise begann, mit allen Stufen, die er auf irgendeiner Reise erreicht hat.",
    "Ein Arbeitsbereich kann weitere Trichter benennen, jeden mit eigenen Stufen (funnels): Fragen Sie nach funnel=<name>. Eine Stufe, die mehrere Trichter haben, zählt in jedem.",
    "Ohne within= wird eine Änderung erst beurteilt, wenn die Reisen des Zeitraums 30 Tage hatten oder so lange, wie die 90. Perzentile aller Schritte zusammen dauern.",
    "Die mittlere Dauer (Median) reicht vom ersten Eintritt in eine Stufe bis zum ersten Eintritt in die nächste (auf 1 %, aus einer Skizze), über alle Reisen, die in beide in dieser Reihenfolge eingetreten sind, wie lange sie auch brauchten.",
    "Die Komponenten enthalten jede Stufe („reached …“: wie viele sie nach der Konvention erreicht haben) und ab der zweiten „conversionPercent …“ mit „conversionLow …“ und „conversionHigh …“, „dropOff …“, „dropOffPercent …“ und „medianSeconds …“, jeweils von der Stufe davor.",
    "Umfragen daneben zeigen, wo es schmerzt: Senden Sie Antworten mit der Dimension stage oder touchpoint und fragen Sie nps, csat oder ces mit groupBy=stage.",
  ],
};
