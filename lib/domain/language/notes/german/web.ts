import type { MetricNotes } from "../metric-notes.ts";

/** What to know of the metrics of the web and the public, in German. */
export const germanWebNotes: MetricNotes = {
  "bounce-rate": [
    "Eine Sitzung gehört zu dem Tag, an dem sie endete.",
    "groupBy=page zeigt die Seite oder den Artikel, auf denen Sitzungen begannen, groupBy=exitPage, wo sie endeten.",
    "Ein Fakt mit count steht für so viele Sitzungen, jede mit so vielen Seiten und Sekunden; mit dem Mittel von vielen gesendet hält er die Mittel richtig, macht aber ihre Intervalle zu schmal.",
  ],
  "next-page": [
    "Ein Aufruf (page.loaded) zählt hier, wo er die Seite davor nennt (previousPage) und diese eine andere ist.",
    "Nach einer Seite: filter.previousPage=/help/returns mit groupBy=page und top=20 zeigt, wohin man von dort ging, das Häufigste zuerst.",
    "Wer geht, geht zu keiner nächsten Seite: bounce-rate mit groupBy=exitPage zeigt, auf welcher Seite Besuche enden.",
    "Ein Fakt mit count steht für so viele Aufrufe.",
  ],
  "cart-abandonment": [
    "Die Einheit ist der Warenkorb: Wie oft sein Beginn oder sein Kauf auch gesendet wird, er zählt einmal.",
    "Ein Warenkorb ist am Tag seines Kaufs entschieden oder an dem Tag, an dem seine Zeit abläuft (cartHours, 24, sofern der Arbeitsbereich nichts anderes sagt), je nachdem, was früher ist. Bis dahin ist er offen und in keiner der beiden Zahlen.",
    "Ein Kauf danach nimmt den Abbruch zurück, an dem Tag, an dem die Zeit ablief (boughtLate).",
    "Ein Kauf ohne Beginn wartet, bis der Beginn bekannt ist. Vor dem Beginn gekauft zählt als gekauft, am Tag des Kaufs.",
    "Vom laufenden Tag: wie er endet, wenn nichts weiter geschieht. Ein Warenkorb, dessen Zeit später an diesem Tag abläuft, zählt schon als abgebrochen, bis er gekauft wird.",
    "startedInPeriod zählt Warenkörbe am Tag ihres Beginns: Einige davon werden später entschieden.",
  ],
  "cta-engagement": [
    "groupBy=cta zeigt jeden Handlungsaufruf, groupBy=page jede Seite.",
    "Gezählt werden Klicks, nicht Personen, die klickten: Senden Sie einen Klick je Ansicht, um einen Anteil zu erhalten. Mehr Klicks als Ansichten werden gezeigt, wie sie sind, über 100 %, und die Antwort der API sagt es; sie verraten, dass Ansichten fehlen oder Klicks wiederholt sind.",
    "Wer einen Handlungsaufruf fünfmal sieht, klickt jedes Mal gleich oft oder gleich selten: Daher wird das Intervall über Tage gemessen.",
    "Ein Klick zählt an seinem eigenen Tag, auch wenn die Ansicht am Tag davor war.",
    "Ohne Ansichten gibt es keinen Wert, wie viele Klicks es auch gibt.",
  ],
  "organic-search": [
    "groupBy=keyword zeigt, wonach gesucht wurde, groupBy=page die Seiten und Artikel, auf denen Besuche begannen, groupBy=device die Geräte (eine Dimension).",
    "Suchmaschinen verraten wenige Suchwörter: Besuche ohne eines stehen in der Gruppe ohne Wert.",
  ],
  uptime: [
    "Gezählt werden Prüfungen, nicht Minuten: In gleichen Abständen geprüft, ist ihr Anteil der Anteil der Zeit.",
    "groupBy=target zeigt jeden Dienst; über alle zusammen wiegt jede Prüfung gleich, was immer sie geprüft hat.",
    "Aufeinanderfolgende Prüfungen sind nicht unabhängig, ein Ausfall verdirbt mehrere: Daher wird das Intervall über Tage gemessen. Ohne einen Fehlschlag verrät nichts, wie lang ein Ausfall ist, und die Stichprobe ist klein.",
  ],
  "page-speed": [
    "Quantile stammen aus einer zusammenführbaren Skizze und sind auf 1 % genau; unter einer Millisekunde sind sie 0. Das Mittel ist genau.",
    "groupBy=page zeigt jede Seite, groupBy=device jedes Gerät (eine Dimension).",
    "Ein Fakt mit count steht für so viele Aufrufe derselben Dauer.",
    "Zwei Zeiträume werden mit z auf Standardfehlern verglichen, die ebenso breite Intervalle ergäben (Woodruff 1952). Was die Skizze nicht unterscheiden kann, 1 % jedes Werts, ist keine Änderung.",
  ],
  "mobile-score": [
    "Wertungen eines Werkzeugs: Die eines anderen oder einer anderen Version davon gehören in einen anderen Arbeitsbereich oder eine Dimension.",
    "groupBy=page zeigt jede Seite; über alle zusammen wiegt jede Wertung gleich.",
  ],
  "social-mentions": [
    "groupBy=channel zeigt jedes Netzwerk, groupBy=sentiment jede Art von Nennung.",
    "Spitzen sind Tage mit mehr Nennungen als Median + 3·s über die Tage des Zeitraums, wobei s der größte Wert von 1,4826·MAD, √Median und 1 ist. Tage vor der ersten und nach der letzten Nennung bleiben weg, da sie vor dem Beginn oder in der Zukunft liegen können; weniger als 7 Tage haben keine Spitzen.",
    "Mehr Nennungen sind nur so weit besser, wie es die Stimmung ist: Sehen Sie auf beides.",
  ],
  "share-price": [
    "Der letzte Kurs eines Tages ist die Notierung mit dem spätesten occurredAt, in welcher Reihenfolge sie auch eintrafen; von mehreren zum selben Zeitpunkt ist es die höchste.",
    "Nichts wird übertragen: Ein Zeitraum ohne Notierung hat keinen Kurs, wie an einem Tag ohne Handel.",
    "change ist der letzte Kurs des Zeitraums abzüglich seines ersten; compare=previous gibt die Änderung seit dem letzten Kurs des Zeitraums davor.",
    "Wertpapiere und Währungen werden nie vermischt. Wo im Zeitraum mehrere Wertpapiere notiert wurden, gibt es keinen Wert: Fragen Sie nach filter.symbol= oder groupBy=symbol. Kurse in anderen Währungen sind eigene Reihen (currency=).",
  ],
};
