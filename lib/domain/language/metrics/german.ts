import type { MetricTexts } from "./metric-texts.ts";

/** The names and descriptions of metrics in German. */
export const germanMetrics: MetricTexts = {
  nps: {
    name: "Net Promoter Score",
    description:
      "Wie viel eher Kunden Sie weiterempfehlen als nicht, aus Antworten auf „Wie wahrscheinlich empfehlen Sie uns weiter?“ von 0 bis 10.",
    apart: "Net Promoter Score auf 1–10",
  },
  csat: {
    name: "Kundenzufriedenheit",
    description: "Der Anteil der zufriedenen unter den Antworten auf „Wie zufrieden sind Sie?“.",
  },
  ces: {
    name: "Kundenaufwand (CES)",
    description:
      "Wie leicht etwas zu erledigen war, als Mittel der Antworten von 1 „sehr schwierig“ bis 7 „sehr leicht“.",
    apart: "Kundenaufwand auf 1–5",
  },
  esat: {
    name: "Mitarbeiterzufriedenheit",
    description: "Wie zufrieden Mitarbeiter mit ihrer Arbeit sind, als Mittel der Antworten von 1 bis 10.",
    apart: "Mitarbeiterzufriedenheit auf 1–5",
  },
  "task-completion": {
    name: "Erledigungsquote",
    description:
      "Der Anteil derer, die etwas erledigen wollten und es nach eigener Aussage oder Beobachtung geschafft haben.",
  },
  "visitor-intent": {
    name: "Besuchsabsicht",
    description:
      "Wozu Besucher kamen: der Anteil jeder Absicht an den Antworten und wie viele davon es erledigt haben. Der Wert ist der Anteil der häufigsten Absicht.",
  },
  "survey-response-rate": {
    name: "Antwortquote der Umfragen",
    description: "Der Anteil der Umfrageeinladungen, die beantwortet wurden.",
  },
  "feedback-volume": {
    name: "Kommentare",
    description: "Wie viele Umfrageantworten einen Kommentar hatten: das Warum hinter den Noten.",
  },
  customers: {
    name: "Aktive Kunden",
    description: "Wie viele Kunden es am Ende des Zeitraums gibt und wie sie in ihm kamen und gingen.",
  },
  "churn-rate": {
    name: "Kundenabwanderung",
    description: "Der Anteil der Kunden vom Beginn des Zeitraums, die in ihm verloren gingen.",
  },
  "retention-rate": {
    name: "Kundenbindung",
    description: "Der Anteil der Kunden vom Beginn des Zeitraums, die in ihm nicht verloren gingen.",
  },
  "repeat-purchase-rate": {
    name: "Wiederkaufsrate",
    description: "Der Anteil aller bisherigen Kunden, die mehr als einmal gekauft haben.",
  },
  loyalty: {
    name: "Kauftreue",
    description:
      "Wie oft wiedergekehrte Kunden gekauft haben und wie lange sie bis zum nächsten Kauf warten.",
  },
  engagement: {
    name: "Engagement",
    description: "Der Anteil der aktiven Kunden, die an vielen Stellen mit Ihnen in Kontakt sind.",
  },
  "touchpoints-per-purchase": {
    name: "Kontaktpunkte je Kauf",
    description:
      "An wie vielen verschiedenen Kontaktpunkten Kunden mit Ihnen zu tun hatten, bevor sie kauften.",
  },
  interactions: {
    name: "Kontakte je Kunde",
    description:
      "Wie oft Kunden, voll engagiert oder nicht, mit Ihnen in Kontakt sind, je Kunde und nach Kontaktpunkt.",
  },
  sales: {
    name: "Umsatz",
    description: "Was Kunden im Zeitraum bezahlt haben, abzüglich der Erstattungen.",
  },
  "average-order-value": {
    name: "Durchschnittlicher Bestellwert",
    description: "Was ein Kunde im Mittel für eine Bestellung bezahlt.",
  },
  clv: {
    name: "Kundenwert (CLV)",
    description:
      "Was ein Kunde über die ganze Beziehung einbringt, wenn Kunden weiter kaufen und gehen wie in diesem Zeitraum.",
  },
  "clv-predicted": {
    name: "Vorhergesagter Kundenwert",
    description:
      "Was ein Kunde nach Modellen davon, wie Kunden kaufen und gehen, innerhalb des Horizonts einbringen wird, und wie falsch diese lagen.",
  },
  mrr: {
    name: "Monatlich wiederkehrender Umsatz",
    description:
      "Was Kunden am Ende des Zeitraums im Monat für ihre Abonnements zahlen und wie sich das in ihm bewegt hat.",
  },
  "net-revenue-retention": {
    name: "Nettoumsatzbindung",
    description:
      "Was Kunden, die am Anfang des Zeitraums zahlten, an seinem Ende zahlen, in Prozent von damals: mit dem, was sie mehr, weniger und nicht mehr zahlen.",
  },
  "gross-revenue-retention": {
    name: "Bruttoumsatzbindung",
    description:
      "Wie viel von dem, was Kunden am Anfang des Zeitraums zahlten, sie an seinem Ende noch zahlen, in Prozent: Was sie mehr zahlen, zählt nicht.",
  },
  "revenue-churn": {
    name: "Umsatzabwanderung",
    description:
      "Wie viel von dem, was Kunden am Anfang des Zeitraums zahlten, sie an seinem Ende nicht mehr zahlen, in Prozent.",
  },
  "acquisition-cost": {
    name: "Kosten der Kundengewinnung",
    description: "Was im Zeitraum für die Gewinnung von Kunden ausgegeben wurde, je gewonnenem Kunden.",
  },
  "referral-rate": {
    name: "Empfehlungsquote",
    description: "Der Anteil der neuen Kunden des Zeitraums, die durch eine Empfehlung kamen.",
  },
  "contact-volume": {
    name: "Kontaktaufkommen",
    description: "Wie viele Kontakte Kunden eröffnet haben: wann, und auf wie viele Kunden.",
  },
  complaints: {
    name: "Unzufriedene, die sich melden",
    description:
      "Welcher Anteil der unzufriedenen Antworten von Kunden kommt, die sich danach innerhalb von 30 Tagen melden.",
  },
  "first-response-time": {
    name: "Erste Antwortzeit",
    description: "Wie lange Kunden auf die erste Antwort zu einem Ticket warten, im Mittel.",
  },
  "resolution-time": {
    name: "Lösungszeit",
    description:
      "Wie lange es von der Eröffnung eines Tickets bis zur vollständigen Lösung dauert, im Mittel.",
  },
  "first-contact-resolution": {
    name: "Lösung beim Erstkontakt",
    description: "Wie viele von hundert Fällen beim ersten Kontakt gelöst wurden und es blieben.",
  },
  "queue-abandonment": {
    name: "Abbruch in der Warteschleife",
    description: "Wie viele von hundert wartenden Anrufern auflegten, bevor jemand abnahm.",
  },
  "queue-time": {
    name: "Wartezeit am Telefon",
    description:
      "Wie lange Anrufer warten, bis jemand abnimmt, im Mittel, und wie viele rechtzeitig bedient werden.",
  },
  "knowledge-contributions": {
    name: "Wissensbeiträge der Mitarbeiter",
    description:
      "Wie oft Mitarbeiter Artikel der Wissensdatenbank erstellt oder verbessert haben und wie oft ihre Artikel einen Fall gelöst haben.",
  },
  "contributions-per-case": {
    name: "Beiträge je 100 Fälle",
    description:
      "Wie viele Artikel der Wissensdatenbank je hundert Fälle erstellt oder verbessert wurden und wie viele Fälle Artikel gelöst haben.",
  },
  "self-service": {
    name: "Selbst gelöst",
    description:
      "Wie oft Kunden, die suchten oder einen Artikel lasen, sich danach innerhalb von 7 Tagen nicht meldeten.",
  },
  "bounce-rate": {
    name: "Absprungrate",
    description: "Der Anteil der Besuche, bei denen nur eine Seite gesehen wurde.",
  },
  "next-page": {
    name: "Nächste Seiten",
    description:
      "Wie oft Besucher von einer Seite oder einem Artikel zu einer anderen Seite weitergehen: was sie danach tun.",
  },
  "cart-abandonment": {
    name: "Warenkorbabbrüche",
    description: "Der Anteil der begonnenen Warenkörbe, die nicht gekauft wurden.",
  },
  "cta-engagement": {
    name: "Klickrate der Handlungsaufrufe",
    description: "Wie viele Klicks auf hundert Ansichten eines Handlungsaufrufs kamen.",
  },
  "organic-search": {
    name: "Organischer Suchverkehr",
    description: "Wie viele Besuche aus unbezahlten Ergebnissen von Suchmaschinen kamen.",
  },
  uptime: {
    name: "Verfügbarkeit",
    description: "Der Anteil der Prüfungen, bei denen der Dienst verfügbar war.",
  },
  "page-speed": {
    name: "Ladezeit",
    description:
      "Wie lange es dauerte, bis eine Seite da war: drei von vier Aufrufen waren mindestens so schnell.",
  },
  "mobile-score": {
    name: "Mobilwertung",
    description: "Wie gut Seiten für Mobilgeräte taugen, als Mittel der Wertungen von 0 bis 100.",
  },
  "social-mentions": {
    name: "Nennungen in der Öffentlichkeit",
    description: "Wie oft das Unternehmen öffentlich genannt wurde und ob in guten oder schlechten Worten.",
  },
  "share-price": {
    name: "Aktienkurs",
    description: "Was eine Aktie am Ende des Zeitraums kostete und wie stark sich das geändert hat.",
  },
  "journey-funnel": {
    name: "Trichter der Kundenreise",
    description:
      "Wie viele der begonnenen Reisen jede Stufe erreichten und wie viele die letzte: Aufmerksamkeit, Erwägung, Entscheidung, Bindung und Weiterempfehlung, sofern der Arbeitsbereich keine eigenen nennt.",
  },
};
