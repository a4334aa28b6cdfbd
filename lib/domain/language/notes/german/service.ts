import type { MetricNotes } from "../metric-notes.ts";
import { sketchNote, stillInTouchNote } from "./shared-notes.ts";

/** What to know of the metrics of service, in German. */
export const germanServiceNotes: MetricNotes = {
  "contact-volume": [
    "Ein Ticket ist ein Kontakt, an dem Tag, an dem es eröffnet wurde, wie oft seine Eröffnung auch gesendet wurde.",
    "hour00 bis hour23 sind Stunden des Tages in der Zeitzone des Arbeitsbereichs; Stunden und Wochentage ergeben jeweils zusammen den Wert.",
    "Die mittlere Zahl aktiver Kunden ist das Mittel aus denen am Anfang und denen am Ende des Zeitraums. In einer Gruppe sind es die Kunden dieser Gruppe, und ohne solche fehlt die Zahl (null).",
    "Die häufigsten Kategorien: groupBy=category mit top=10 oder top=20; der Rest ist die Gruppe (other).",
  ],
  complaints: [
    "Eine schlechte Note ist die eines Kritikers (NPS 0–6), eine in der unteren Hälfte der Skala der Kundenzufriedenheit (1–2 von 5), 1–3 von 7 für Leichtigkeit oder 4–5 von 5 für Aufwand. Ein Kunde zählt einmal am Tag, in seinen eigenen Segmenten; Antworten ohne Kundennummer bleiben weg.",
    "Wer ein Ticket eröffnet (ticket.opened) oder anruft (call.queued), mit derselben customerId, bei der Note oder bis zu 30 Tage nach ihrem Tag, der letzte eingeschlossen, meldet sich. Was vor der Note kam, zählt nicht.",
    stillInTouchNote,
  ],
  "first-response-time": [
    "Nur die erste Antwort bei oder nach der Eröffnung zählt, am Tag dieser Antwort, in den Segmenten der Eröffnung des Tickets.",
    "Ein Ticket, auf das niemand geantwortet hat, steht noch in keiner Zahl.",
    sketchNote,
    "Die Zeit läuft rund um die Uhr: Nächte und Wochenenden zählen.",
  ],
  "resolution-time": [
    "Der Wert ist die vollständige Lösung: Ein wieder geöffneter Fall zählt mit seiner letzten Lösung, an deren Tag. Solange er wieder offen ist, ist er nicht gelöst, und sein früherer Tag verliert ihn.",
    "Die Komponenten first… betreffen die ersten Lösungen, an ihren Tagen: Eine Wiederöffnung ändert an ihnen nichts. resolvedAgain sind die Fälle, deren vollständige Lösung nach einer Wiederöffnung kam.",
    "Er gehört zum Tag der Lösung, in den Segmenten der Eröffnung des Tickets. Eine Lösung vor der Eröffnung zählt nicht; die eines Falls, der schon gelöst ist, sagt dasselbe noch einmal.",
    sketchNote,
    "Die Zeit läuft rund um die Uhr: Nächte, Wochenenden und das Warten auf den Kunden zählen.",
  ],
  "first-contact-resolution": [
    "Ein Fall zählt einmal, am Tag seiner ersten Lösung: Eine Wiederöffnung nimmt ihn aus dem Zähler und lässt ihn im Nenner.",
    "Eine Wiederöffnung nimmt den Erstkontakt bis 7 Tage nach dem Tag der ersten Lösung zurück; wer später wiederkommt, kommt mit einem anderen Anliegen, und wer kommt, bevor etwas gelöst ist, kommt nicht wieder. Abschnitte, die in die letzten 7 Tage reichen, sind vorläufig.",
    "Konvention of-contacts = 100·im Zeitraum beim ersten Kontakt gelöste/in ihm eröffnete Kontakte: Auch Kontakte, die niemand gelöst hat, stehen im Nenner. Vorher eröffnete und im Zeitraum gelöste Fälle stehen im Zähler, daher kann der Wert über wenige Tage 100 % übersteigen und hat dann kein Intervall.",
    "Erstkontakt ist, was ticket.resolved sagt (contacts: 1); wo es nichts sagt, höchstens eine Antwort von der Eröffnung bis zur ersten Lösung.",
  ],
  "queue-abandonment": [
    "Ein abgebrochener Anruf zählt an dem Tag, an dem er in die Warteschleife kam, in den Segmenten davon, sodass die Rate nie 100 % übersteigt.",
    "Ein Anruf zählt einmal, wie oft er auch wartete oder abgebrochen wurde. Einer, der nie in der Warteschleife war, zählt nirgends, bis sein call.queued eintrifft.",
    "Jeder Abbruch zählt, wie kurz das Warten auch war.",
  ],
  "queue-time": [
    "Ein Anruf zählt an dem Tag, an dem er in die Warteschleife kam, in den Segmenten davon, sobald er angenommen oder abgebrochen ist: mit den Sekunden, die call.answered oder call.abandoned angeben, sonst mit der Zeit seit seinem call.queued.",
    "Das Ziel sind 20 Sekunden, wenn nicht nach einem anderen gefragt wird (target=5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600): answeredInTime zählt die darin angenommenen Anrufe, die Grenze eingeschlossen, und answeredInTimePercent ist ihr Anteil an allen angenommenen oder abgebrochenen Anrufen.",
    "abandonedMean und abandonedP50 sind, wie lange die warteten, die auflegten. Ein Anruf, der angenommen und abgebrochen wurde, ist abgebrochen.",
    "transfersPerCall bezieht sich auf die Anrufe, von denen bekannt ist, wie oft der Anrufer weitergereicht wurde (transfersKnown); ein Anruf zählt das Höchste, was eines seiner Ereignisse sagt.",
    "Quantile stammen aus einer Skizze, deren Zellen sich addieren, und liegen höchstens 1 % neben den genauen; die Mittel sind genau, ebenso der rechtzeitige Anteil.",
  ],
  "knowledge-contributions": [
    "Wer einen Artikel zuerst geschrieben hat, ist sein Autor: Das früheste article.written erstellt ihn, jedes spätere verbessert ihn und wird dem gutgeschrieben, der es gesendet hat, als agent.",
    "Verwendungen und gelöste Fälle werden dem Autor des Artikels gutgeschrieben, am Tag der Verwendung. Ein Artikel, dessen article.written nicht eingetroffen ist, wird niemandem gutgeschrieben, und seine Verwendungen zählen bis dahin nirgends.",
    "convention=resolved ist, wie viele Fälle Artikel gelöst haben: mit groupBy=articleId, sort=value und top=10 diejenigen, die am meisten lösen.",
    "Eine Verwendung hat einen Fall gelöst, wenn sie es sagt (resolved), und wenn sie nichts sagt, wenn sie ein Ticket nennt.",
  ],
  "contributions-per-case": [
    "n sind die im selben Zeitraum eröffneten Kontakte, in einer Gruppe die der Gruppe: nach agent die Fälle des Mitarbeiters. Ohne solche fehlt der Wert (null).",
    "Beiträge zählen am Tag des Schreibens, Kontakte am Tag der Eröffnung: Wählen Sie Abschnitte, die lang sind gegenüber der Zeit dazwischen.",
  ],
  "self-service": [
    "Eine Sitzung ist ein Tag, an dem ein Kunde gesucht (article.searched) oder einen Artikel gelesen hat (article.used ohne ticketId), einmal, wie oft auch immer, in den Segmenten des Kunden. Ohne Kundennummer weiß niemand, ob es geholfen hat, und nichts zählt.",
    "Sie wurde gelöst, sofern derselbe Kunde nicht nach ihrem Beginn und bis zu 7 Tage nach ihrem Tag, der letzte eingeschlossen, ein Ticket eröffnet oder angerufen hat.",
    stillInTouchNote,
  ],
};
