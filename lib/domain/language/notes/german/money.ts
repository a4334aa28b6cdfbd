import type { MetricNotes } from "../metric-notes.ts";
import { chartMogulNote, customersNote, followedNote, noRateNote } from "./shared-notes.ts";

/** What to know of the metrics of what customers pay and cost, in German. */
export const germanMoneyNotes: MetricNotes = {
  sales: [
    "Eine Währung je Reihe: Beträge in anderen Währungen sind eigene Reihen (currency=) und werden nie addiert.",
    "Eine Erstattung gehört zu dem Tag, an dem das Geld zurückgegeben wurde.",
    "Beträge sind vom ersten bis zum letzten Schritt ganze kleinste Einheiten: ohne Rundungsfehler.",
  ],
  "average-order-value": [
    "Umsatz ist, was vor Erstattungen bezahlt wurde: Eine Erstattung ändert sales, nicht den Wert der Bestellung.",
    "Eine Währung je Reihe.",
    customersNote("Bestellungen"),
    "Wo eine Handvoll Kunden den größten Teil der Unterschiede zwischen Bestellungen ausmacht, genügt keine Zahl von Kunden: Wer nicht in der Stichprobe ist, könnte das Mittel ebenso bestimmen. Die Antwort der API ist eine kleine Stichprobe, was immer n sagt.",
  ],
  "clv-predicted": [
    "Die Modelle werden einmal in der Woche angepasst, und wann immer eine Vorhersage verlangt wird. Eine Anpassung gilt vom Tag nach dem letzten Tag, den sie kennt, bis zur nächsten, höchstens 31 Tage.",
    "Horizont, Zinssatz und Marge sind Einstellungen des Arbeitsbereichs (predictionMonths, discountRate, margin), wie sie waren, als die Modelle angepasst wurden. totalValue ist der Wert aller Kunden zusammen.",
    "Ohne genug Kunden, die wiederholt gekauft haben, oder wo die Käufe die Modelle nicht bestimmen, ist der Wert null, und eine Bemerkung sagt, warum.",
    "method sagt, welches Modell genommen wurde: contracts, wo mindestens 30 Kunden ausdrücklich gegangen sind oder alle ihre Abonnements beendet haben, sonst purchases. Die Vorhersage selbst sagt, warum.",
    "Die Bestandteile, deren Namen mit holdout beginnen, sagen, wie falsch die Modelle lagen: Sie sagen das letzte Viertel der Geschichte aus dem Rest vorher.",
    "Nach einer verfolgten Dimension zählen Kunden dort, wo sie gewonnen wurden; customers, orders und totalValue ihrer Werte ergeben zusammen das Ganze. Andere Dimensionen haben keine Werte.",
  ],
  clv: [
    "Die mittlere Zahl aktiver Kunden ist das Mittel aus denen am Anfang und denen am Ende; Häufigkeit und Abwanderung sind die des Zeitraums, daher zählt die Lebensdauer Zeiträume.",
    "In einem Zeitraum, der vor den ersten Kunden beginnt, geht das Mittel über die Tage, an denen es welche gab; n ist das Mittel über alle seine Tage, sodass es eine kleine Stichprobe ist. Solange kein Kunde im Mittel zweimal gekauft hat, ist der Wert höchstens, was je Kopf ausgegeben wurde.",
    "Ohne Abwanderung ist die Lebensdauer unbekannt, und der Wert fehlt (null); cappedValue nimmt eine Lebensdauer von maxLifespanMonths an.",
    "Ohne Bestellungen gibt es keinen durchschnittlichen Bestellwert, daher fehlen value und cappedValue (null).",
    "Die Marge und maxLifespanMonths sind Einstellungen des Arbeitsbereichs; mit der Marge 1 ist der Wert Umsatz, nicht Gewinn.",
    "Bestellungen ohne Kundennummer sind im Umsatz enthalten: Setzen Sie die Marge und vergleichen Sie Zeiträume, statt einen Wert allein zu lesen.",
    "Nach einer Dimension zählen Bestellungen und Umsatz im Segment ihres Kunden, wie die Kunden selbst: in dem er gewonnen wurde. Was ein Kauf von sich sagt, zählt nur, wo er keinen Kunden nennt.",
  ],
  mrr: [
    "Ein Abonnement bringt im Monat Betrag × Menge, ein Drittel davon bei einem Quartalspreis, ein Zwölftel bei einem Jahrespreis. Gezählt wird in Zwölfteln der kleinsten Einheit der Währung, sodass nichts gerundet wird und die Bewegungen genau aufgehen, an jedem Tag, in jedem Segment und jeder Währung.",
    "Bewegungen sind die eines Kunden, aller seiner Abonnements in der Währung zusammen, vom Ende eines Tages zum Ende des nächsten. Ein weiteres Abonnement eines Kunden, der schon zahlt, ist Ausweitung, das Ende eines von zweien Verringerung; Abwanderung ist, was gezahlt wurde, als das letzte endete, Reaktivierung, was zahlt, wer abgewandert war.",
    "Das sind die Bewegungen, die ChartMogul veröffentlicht; es fasst Vorgänge derselben Stunde zusammen, hier sind die eines Tages einer. Lagos new, expansion, contraction und churn sind dieselben ohne Reaktivierung, von der es nichts veröffentlicht, und wie hier nimmt es Preise von Tarifen, nicht das, was in Rechnung gestellt wurde.",
    "Ein kostenloses Abonnement (Betrag 0) bringt nichts: Sein Kunde ist neu, wenn er zu zahlen beginnt. Die Änderung eines Abonnements, das nicht läuft, startet es. Was nach Verbrauch oder einmalig berechnet wird, ist nicht enthalten.",
    "Eine Währung je Reihe: Ein Kunde, der seine Währung wechselt, wandert in der einen ab und ist in der anderen neu. Änderungen von Wechselkursen bewegen nichts.",
    "Nach einer Dimension zählt ein Kunde dort, wo er gewonnen wurde, mit allen seinen Abonnements.",
  ],
  "net-revenue-retention": [
    "Über 100 wachsen die Kunden vom Anfang um mehr, als verloren geht. Neue Kunden sind nicht enthalten, auch nicht, wer vorher abgewandert war und zurückkommt; wer im Zeitraum abwandert und zurückkommt, ist an seinem Ende da.",
    followedNote,
    chartMogulNote,
    noRateNote,
  ],
  "gross-revenue-retention": [
    "Nie über 100 und genau 100 − revenue-churn. Ein Kunde, der ausweitet und wieder auf den Stand vom Anfang verringert, hat nichts verloren; nach der Konvention chartmogul zählt seine Verringerung.",
    followedNote,
    chartMogulNote,
    noRateNote,
  ],
  "revenue-churn": [
    "Konventionen: gross ist genau 100 − gross-revenue-retention, net genau 100 − net-revenue-retention, und negativ, wo die Kunden vom Anfang wachsen. chartmogul und chartmogul-net sind ChartMoguls Brutto- und Netto-MRR-Abwanderungsrate.",
    followedNote,
    chartMogulNote,
    noRateNote,
  ],
  "acquisition-cost": [
    "Ohne neue Kunden fehlt der Wert (null). Kunden, die zurückkommen, sind nicht neu.",
    "Ausgaben zählen an ihrem Tag, Kunden an dem Tag, an dem sie es werden: Wählen Sie Abschnitte, die lang sind gegenüber der Zeit dazwischen.",
    "Nach Kanal: Ausgaben in dem Kanal, den sie nennen, Kunden und was sie kauften in dem, in dem sie gewonnen wurden.",
    "lifetimeValueToCost ist der Kundenwert desselben Zeitraums und Segments geteilt durch diese Kosten; es fehlt (null), wo eines von beiden fehlt, und die Hinweise sagen, warum.",
    "Eine Währung je Reihe: Ausgaben in anderen Währungen sind eine eigene Reihe (currency=) und werden nie addiert.",
  ],
};
