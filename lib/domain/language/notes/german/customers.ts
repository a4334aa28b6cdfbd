import type { MetricNotes } from "../metric-notes.ts";
import { customersNote, noCustomerNote, stillThereNote } from "./shared-notes.ts";

/** What to know of the metrics of customers, in German. */
export const germanCustomersNotes: MetricNotes = {
  customers: [
    "Ein Kunde geht durch ein ausdrückliches Ende verloren oder, in einem Arbeitsbereich mit inactivityDays, am letzten von so vielen Tagen ohne Kauf.",
    "Ein Kauf macht einen Unbekannten zum Kunden. Ein Kauf an einem späteren Tag als dem, an dem der Kunde verloren ging, bringt ihn zurück.",
    "Das Ende eines Kunden, der nicht aktiv ist, ändert nichts.",
    "Nach einer Dimension zählt ein Kunde dort, wo er gewonnen wurde, auch wenn er verloren geht und zurückkommt: durch seinen ausdrücklichen Beginn, sonst durch seinen ersten Kauf oder durch eine Rückkehr, wo diese das erste ist, was von ihm bekannt ist.",
    "Vom laufenden Tag: wie er endet, wenn nichts weiter geschieht. Wer an ihm durch Inaktivität verloren geht, zählt bis zum nächsten Kauf schon als verloren.",
    "Von einem Abschnitt, der noch nicht begonnen hat: so viele wie heute, bis jemand kommt oder geht.",
  ],
  "churn-rate": [
    "Genau für Kalenderabschnitte: Ein Kunde, der im Abschnitt kam und ging, steht nicht im Zähler; einer, der verloren ging, zurückkam und wieder verloren ging, zählt einmal.",
    "Für andere Zeiträume und gleitende Fenster werden tägliche Raten verkettet, 1 − Π(1 − tägliche Abwanderung), und die Antwort der API sagt method: compounded.",
    "Warum sie gehen: groupBy=reason enthält jeden Grund, den customer.left angibt (in seinem Feld reason oder der Dimension), mit denen, die durch ihn verloren gingen, unter allen Kunden vom Anfang, sodass die Gründe zusammen die Rate ergeben; (inactive) sind die durch Inaktivität verlorenen, (none) die, die nichts sagen. Die Komponenten enthalten, wie viele durch jeden verloren gingen („lost …“). Nach jeder anderen Dimension werden Kunden danach gruppiert, wo sie gewonnen wurden.",
    "Konventionen: net = (Anfang − Ende)/Anfang, baremetrics = verlorene/Anfang, stripe = verlorene/(Anfang + neue). Die Nettoabwanderung ist negativ, wenn ein Geschäft wächst.",
  ],
  "retention-rate": [
    "Dieselben Kunden wie bei der Abwanderung: die vom Anfang. Wer im Zeitraum kam, steht in keinem der beiden Teile.",
    "Für Zeiträume, die keine Kalenderabschnitte sind, werden tägliche Raten verkettet, und die Antwort der API sagt method: compounded.",
  ],
  "repeat-purchase-rate": [
    "Zum letzten Tag des Abschnitts, über alle bisherigen Kunden: nicht nur die, die im Abschnitt gekauft haben.",
    `${stillThereNote("bisherigen Kunden")} Wo mehr als die Hälfte der Käufer im Zeitraum neu ist, ist es für einen Vergleich zu früh.`,
    noCustomerNote,
  ],
  loyalty: [
    "Zum letzten Tag des Abschnitts, über alle bisherigen Kunden; meanDaysBetween betrifft die im Abschnitt getätigten Käufe, jeden mit den Tagen seit dem vorigen Kauf desselben Kunden.",
    "Zwischen Käufen an einem Tag liegen keine Tage. Ein spät eingetroffener Kauf zwischen zwei anderen teilt die Tage zwischen ihnen.",
    stillThereNote("bisherigen Kunden"),
    noCustomerNote,
    "Liest die Tage des Umsatzes von Beginn an: etwa 9 Leseeinheiten für jedes abgeschlossene Jahr mit Käufen an allen Tagen.",
  ],
  engagement: [
    "Zum letzten Tag des Abschnitts, über die 30 Tage bis zu ihm. k ist engagedTouchpoints des Arbeitsbereichs, anfangs 4.",
    "Wer am Ende dieses Tages kein aktiver Kunde ist, zählt nicht als engagiert, wie viele Kontakte es auch gab; die aus der Zeit davor zählen, sobald er Kunde ist.",
    "interactionsPerEngaged und touchpointsPerEngaged sind die der engagierten Kunden in diesen 30 Tagen.",
    stillThereNote("Kunden"),
    "Vom laufenden Tag: wie er endet, wenn nichts weiter geschieht. Kunden hören allein durch die Zeit auf, engagiert zu sein: an dem Tag, an dem zu wenige der Kontakte aus 30 Tagen übrig sind.",
  ],
  interactions: [
    "Ein Kontakt (interaction.made) zählt an seinem Tag, in den Segmenten seines Kunden. n ist, wie viele es waren.",
    "Die mittlere Zahl aktiver Kunden ist das Mittel aus denen am Anfang und denen am Ende; ohne solche fehlt der Wert (null). Kontakte von Menschen, die keine Kunden sind, zählen mit.",
    "groupBy=touchpoint teilt den Wert auf: die Kontakte an jedem Kontaktpunkt, geteilt durch alle Kunden, sodass die Teile zusammen das Ganze ergeben. Die ersten 30 Kontaktpunkte eines Arbeitsbereichs werden mit Namen gezählt, die anderen als (other).",
  ],
  "touchpoints-per-purchase": [
    "Ein Kauf zählt an seinem Tag, mit den verschiedenen Kontaktpunkten der Kontakte seines Kunden (interaction.made) an diesem Tag und den 29 davor, in den Segmenten seines Kunden.",
    "Ein Kauf, dessen Kunde in diesen Tagen keinen Kontakt hatte, bleibt weg: Über den Weg dorthin ist nichts bekannt. Ebenso einer ohne Kunden.",
    "aboveFour zählt die Käufe mit mehr als 4 Kontaktpunkten, aboveFourPercent ist ihr Anteil.",
    customersNote("Käufe"),
    "Zum Vergleich: Kunden nutzen im Mittel sechs Kontaktpunkte und fast die Hälfte von ihnen mehr als vier.",
  ],
  "referral-rate": [
    "Ein Kunde, der durch eine Empfehlung kam, zählt an dem Tag, an dem er Kunde wurde, wann immer sein referral.converted es sagt; wer nie einer wurde, wird nicht gezählt.",
    "referrerShare ist der Anteil der am Ende des Abschnitts aktiven Kunden, die Sie bisher empfohlen haben.",
    "codesConverted sind diejenigen der im Abschnitt zuerst versandten Codes, durch die bisher jemand kam, daher übersteigt codeConversion nie 100 %. Geben Sie jeder Empfehlung einen eigenen Code, um zu sehen, wie viele wirken; mit einem für jeden Empfehlenden sagt es, wie viele Empfehlende jemanden brachten.",
    "referralsSent zählt jedes referral.sent des Abschnitts, auch mehrere mit demselben Code.",
  ],
};
