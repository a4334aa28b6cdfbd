/** The formulas of metrics in German, by id. */
export const germanFormulas: Readonly<Record<string, string>> = {
  nps: "100·(Promotoren − Kritiker)/n; 9–10 Promotor, 7–8 Passiver, 0–6 Kritiker",
  csat: "100·zufriedene/n; zufrieden = 3 von 3, 3–4 von 4, 4–5 von 5 (auch auf 0–5), 5–6 von 6, 6–7 von 7, 8–10 von 10",
  ces: "Mittel von 1–7; Top-Box = 100·(Antworten 5–7)/n; Index = 100·(Antworten 6–7 − Antworten 1–3)/n",
  esat: "Mittel von 1–10 (oder 1–5); Top-Box = 100·(Antworten 8–10, oder 4–5)/n",
  "task-completion": "100·erledigt/versucht",
  "visitor-intent": "100·Antworten mit der Absicht/Antworten; der Wert ist der größte dieser Anteile",
  "survey-response-rate": "100·beantwortete Einladungen/verschickte Einladungen",
  "feedback-volume": "Antworten mit Kommentar; Anteil = 100·Antworten mit Kommentar/Antworten",
  customers: "Anfang + neue + zurückgekehrte − verlorene",
  "churn-rate": "100·(Kunden vom Anfang, die im Zeitraum verloren gingen)/(Kunden am Anfang)",
  "retention-rate": "100·(Anfang − verlorene)/Anfang, von den Kunden am Anfang: genau 100 − Abwanderung",
  "repeat-purchase-rate": "100·Kunden mit ≥ 2 Käufen/Kunden mit ≥ 1",
  loyalty: "bisherige Käufe wiedergekehrter Kunden/bisher wiedergekehrte Kunden; wiedergekehrt: ≥ 2 Käufe",
  engagement:
    "100·voll engagierte/aktive Kunden; voll engagiert: Kontakte an ≥ k verschiedenen Kontaktpunkten in 30 Tagen",
  interactions: "Kontakte/mittlere Zahl aktiver Kunden",
  "touchpoints-per-purchase":
    "Summe der verschiedenen Kontaktpunkte in den 30 Tagen bis zu einem Kauf/Käufe mit mindestens einem",
  sales: "Käufe − Erstattungen",
  "average-order-value": "Umsatz/Bestellungen",
  clv: "durchschnittlicher Bestellwert × Kaufhäufigkeit (Bestellungen/mittlere Zahl aktiver Kunden) × Lebensdauer (1/Abwanderung) × Marge",
  "clv-predicted":
    "(innerhalb des Horizonts erwartete Käufe, nach BG/NBD × erwarteter Betrag eines Kaufs, nach Gamma-Gamma × Marge × (1 − erstatteter Anteil), abgezinst, aller Kunden)/Kunden; unter Vertrag: (innerhalb des Horizonts erwartete Monate, nach shifted-beta-geometric × Umsatz im Monat × Marge × (1 − erstatteter Anteil), abgezinst, aller Kunden, die da sind)/Kunden",
  mrr: "Anfang + neu + Ausweitung + Reaktivierung − Verringerung − Abwanderung",
  "net-revenue-retention":
    "100·(wiederkehrender Umsatz am Ende der Kunden vom Anfang)/(wiederkehrender Umsatz am Anfang)",
  "gross-revenue-retention":
    "100·Σ min(wiederkehrender Umsatz eines Kunden am Anfang, am Ende)/(wiederkehrender Umsatz am Anfang)",
  "revenue-churn":
    "100·Σ (was ein Kunde am Ende weniger zahlt als am Anfang)/(wiederkehrender Umsatz am Anfang)",
  "acquisition-cost": "Ausgaben für Gewinnung/neue Kunden",
  "referral-rate": "100·neue Kunden durch Empfehlung/neue Kunden",
  "contact-volume": "eröffnete Kontakte; auch 100·Kontakte/mittlere Zahl aktiver Kunden",
  complaints: "100·schlechte Noten, denen binnen 30 Tagen ein Ticket oder Anruf folgt/schlechte Noten",
  "first-response-time": "Summe von (erste Antwort − eröffnet)/Tickets mit einer ersten Antwort",
  "resolution-time": "Summe von (gelöst − eröffnet)/gelöste Fälle",
  "first-contact-resolution": "100·beim ersten Kontakt gelöste/gelöste",
  "queue-abandonment": "100·abgebrochene Anrufe/wartende Anrufe",
  "queue-time":
    "Summe der Wartesekunden/angenommene Anrufe; auch 100·rechtzeitig angenommene/angenommene oder abgebrochene Anrufe",
  "knowledge-contributions": "erstellte + verbesserte Artikel; gelöst: Fälle, die Artikel gelöst haben",
  "contributions-per-case": "100·(erstellte + verbesserte Artikel)/eröffnete Kontakte",
  "self-service": "100·Sitzungen ohne Ticket oder Anruf binnen 7 Tagen/Sitzungen der Selbsthilfe",
  "bounce-rate": "100·Sitzungen mit einer Seite/Sitzungen; Seiten je Sitzung; Sekunden je Sitzung",
  "next-page": "Seitenaufrufe, die von einer anderen Seite kamen",
  "cart-abandonment": "100·(1 − gekaufte/begonnene Warenkörbe), der im Zeitraum entschiedenen",
  "cta-engagement": "100·Klicks/Ansichten",
  "organic-search": "Besuche aus der Suche",
  uptime: "100·gute Prüfungen/Prüfungen",
  "page-speed": "75. Perzentil der Ladezeiten; auch das 50., das 90. und das Mittel",
  "mobile-score": "Mittel von 0–100",
  "social-mentions": "Nennungen; Nettostimmung = 100·(gute − schlechte)/Nennungen",
  "share-price": "letzter Kurs des letzten Tages mit Kurs; Änderung = letzter − erster Kurs",
  "journey-funnel":
    "100·Reisen, die die letzte Stufe erreichten/begonnene Reisen; dazwischen 100·erreichten diese und die vorige Stufe/erreichten die vorige",
};
