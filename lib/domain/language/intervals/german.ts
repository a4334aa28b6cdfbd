const wilson = "Wilson-Intervall (Score-Intervall).";

const meanOfScale =
  "Students t-Intervall des Mittels, auf die Skala begrenzt; ab 30 Antworten auf das der Transformation von Hall (1992) verbreitert, und mit weniger Freiheitsgraden, wo sie schief verteilt sind.";

const meanOfAmounts =
  "Students t-Intervall des Mittels, nicht unter 0; ab 30 Werten auf das der Transformation von Hall verbreitert, und mit weniger Freiheitsgraden, nach der Schiefe der Werte oder der einer Lognormalverteilung mit ihrer Streuung, je nachdem, welche größer ist. Wo das Mittel von Tag zu Tag stärker schwankt, als seine Werte erwarten lassen, ist der Standardfehler der über Tage (ab 7). Eine kleine Stichprobe, bis es mehr als 28 + 5·Schiefe² Werte sind.";

const bursts =
  "Wilson-Intervall, mit Poissons Grenze bei bis zu 3 Ereignissen in mindestens 30 Fällen; wo der Anteil von Tag zu Tag stärker schwankt, als seine Fälle erwarten lassen, das der kleineren Zahl von Fällen, die ebenso viel aussagen würde (ab 7 Tagen).";

const noneOfSubscriptions =
  "Keines: Jedes Abonnement ist gezählt. Wie weit sich Kunden verschiedener Größe zufällig anders hätten verhalten können, wird nicht aufbewahrt, daher werden Änderungen nicht getestet.";

/** Nothing is estimated. @param counted what is counted, as a clause */
const counted = (clause: string) => `Keines: ${clause}, daher gibt es keinen Stichprobenfehler.`;

/** How the intervals of metrics are computed, in German, by metric id. */
export const germanIntervals: Readonly<Record<string, string>> = {
  nps: "Adjusted-Wald-Intervall: Vor dem Standardfehler werden ¾ Promotor, 1½ Passive und ¾ Kritiker hinzugezählt; auf ±100 begrenzt.",
  csat: wilson,
  ces: meanOfScale,
  esat: meanOfScale,
  "task-completion": wilson,
  "visitor-intent":
    "Wilson-Intervall jedes Anteils und der Erledigung jeder Absicht. Das des Werts ist das der häufigsten Absicht, als wäre sie vorher benannt worden.",
  "survey-response-rate": wilson,
  "feedback-volume":
    "Keines für die Anzahl. Das des Anteils ist ein Wilson-Intervall und steht unter den Komponenten.",
  customers: counted("Jeder Kunde ist gezählt"),
  "churn-rate":
    "Wilson-Intervall; bei einer verketteten Rate das von Wilson mit dem Stichprobenumfang, der sich aus Greenwoods Varianz ergibt (Rothman 1978).",
  "retention-rate": "Das Intervall der Abwanderung, gespiegelt.",
  "repeat-purchase-rate": wilson,
  loyalty: "Students t-Intervall des Mittels, aus der Summe der quadrierten Anzahlen von Käufen.",
  engagement: wilson,
  interactions: counted("Jeder Kontakt ist gezählt"),
  "touchpoints-per-purchase":
    "Students t-Intervall des Mittels, nicht unter 1; Wilson-Intervall des Anteils über vier. Wo Käufe eines Tages oder eines Kunden einander ähneln, sind beide so breit, wie es sich daraus ergibt.",
  sales: counted("Jeder Kauf ist gezählt"),
  "average-order-value": meanOfAmounts,
  clv: "Keines: ein Produkt von Schätzungen aus verschiedenen Stichproben. Die Kennzahlen average-order-value und churn-rate haben die Intervalle von zweien seiner Faktoren. Eine Änderung wird daran geprüft, wie sehr Einnahmen und Verluste von Tag zu Tag schwanken (Delta-Methode, ab sieben Tagen und zehn verlorenen Kunden): Wie viele Kunden es gibt, gilt als bekannt, und dass Kunden, die viel ausgeben, das an allen Tagen tun können, ist nicht berücksichtigt.",
  "clv-predicted":
    "Aus der Unsicherheit der Parameter der Modelle (Delta-Methode, auf der Skala des Logarithmus). Was einzelne Kunden durch Zufall tun, ist nicht darin: Bei vielen spielt es kaum eine Rolle. Eine Änderung wird geprüft, als kennten zwei Anpassungen verschiedene Käufe; da sie die meisten gemeinsam haben, gelten eher zu wenige Änderungen als sicher.",
  mrr: counted("Jedes Abonnement ist gezählt"),
  "net-revenue-retention": noneOfSubscriptions,
  "gross-revenue-retention": noneOfSubscriptions,
  "revenue-churn": noneOfSubscriptions,
  "acquisition-cost": `${counted("Alle Ausgaben und alle Kunden sind gezählt")} Eine Änderung wird daran geprüft, wie sehr Ausgaben und neue Kunden von Tag zu Tag schwanken (Delta-Methode, ab sieben Tagen und zehn Kunden).`,
  "referral-rate": wilson,
  "contact-volume": counted("Jeder Kontakt ist gezählt"),
  complaints: wilson,
  "first-response-time": meanOfAmounts,
  "resolution-time": meanOfAmounts,
  "first-contact-resolution": wilson,
  "queue-abandonment": bursts,
  "queue-time":
    "Students t-Intervall des Mittels, nicht unter 0; Wilson-Intervall des rechtzeitigen Anteils.",
  "knowledge-contributions": counted("Jeder Beitrag ist gezählt"),
  "contributions-per-case": `${counted("Alle Beiträge und alle Kontakte sind gezählt")} Eine Änderung wird daran geprüft, wie sehr Beiträge und Kontakte von Tag zu Tag schwanken (Delta-Methode, ab sieben Tagen und zehn Kontakten).`,
  "self-service": wilson,
  "bounce-rate": `${bursts} Students t-Intervall für die Mittel der Seiten und Sekunden, verbreitert, wo sie schief verteilt sind.`,
  "next-page": counted("Jeder Aufruf ist gezählt"),
  "cart-abandonment": bursts,
  "cta-engagement": `${bursts} Keines, wo es mehr Klicks als Ansichten gab. Eine kleine Stichprobe bei weniger Tagen und wo niemand oder jeder klickte.`,
  "organic-search": counted("Jeder Besuch ist gezählt"),
  uptime: `${bursts} Eine kleine Stichprobe bei weniger Tagen und ohne jeden Fehlschlag oder jeden Erfolg.`,
  "page-speed":
    "Verteilungsfreies Intervall eines Quantils aus Ordnungsstatistiken; keines bei weniger als 13 Aufrufen.",
  "mobile-score": "Students t-Intervall des Mittels, auf die Skala begrenzt.",
  "social-mentions":
    "Keines für die Zahl der Nennungen: Sie sind gezählt. Für die Nettostimmung Adjusted Wald, wie beim Net Promoter Score: Beide sind das Mittel von +1, 0 und −1.",
  "share-price": "Keines: Ein Kurs wird nicht aus einer Stichprobe geschätzt.",
  "journey-funnel": "Wilson-Intervall, des ganzen Wegs und jedes Schritts.",
};
