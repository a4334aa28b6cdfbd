/** Notes in German that several metrics have. */

/** How customers are taken for clusters. @param cases what they have several of */
export function customersNote(cases: string): string {
  return `Die ${cases} eines Kunden ähneln einander. Der stündliche Lauf misst einmal in der Woche aus den Dateien abgeschlossener Tage, wie viel das zur Varianz in 7, 30, 90 und 365 Tagen beiträgt; von da an berücksichtigen es Intervall und Tests, die Antwort der API sagt method: by-customer, und bei weniger als 28 gleich gewichtigen Kunden ist es eine kleine Stichprobe. Nach einer Dimension gelten dieselben Zahlen wie für alle. Die Momentaufnahme eines Tages verwendet sie nicht.`;
}

/** How people are compared who are still there later. @param people the most of whom are */
export function stillThereNote(people: string): string {
  return `Die meisten ${people} eines Zeitpunkts sind auch am nächsten noch da: Verglichen wird, als wären es unabhängige Stichproben, was eine Änderung eher zu selten als zu oft findet.`;
}

export const noCustomerNote =
  "Käufe ohne Kundennummer stehen in sales, nicht hier. Eine Erstattung nimmt keinen Kauf zurück.";

export const followedNote =
  "Genau für Kalenderabschnitte: Jeder Kunde, der am Anfang zahlte, wird bis zum Ende verfolgt. Für andere Zeiträume und gleitende Fenster werden tägliche Anteile verkettet, und die Antwort der API sagt method: compounded.";

export const chartMogulNote =
  "Konvention chartmogul: wie ChartMogul seine MRR-Abwanderungsraten veröffentlicht, Bewegungen des Zeitraums geteilt durch den Umsatz an seinem Anfang, auch die von Kunden, die im Zeitraum kamen; Reaktivierung zählt als gewonnen. Lago veröffentlicht die Bewegungen und keine Rate.";

export const noRateNote = "Ohne wiederkehrenden Umsatz am Anfang gibt es keine Rate. Eine Währung je Reihe.";

export const sketchNote =
  "p50 und p90 stammen aus einer Skizze, deren Zellen sich addieren, und liegen höchstens 1 % neben den genauen; das Mittel ist genau.";

export const stillInTouchNote =
  "Tage, deren Kunden sich noch melden können, sind vorläufig, und für einen Vergleich ist es zu früh.";
