/** Notes in Italian that several metrics have. */

/** How customers are taken for clusters. @param cases what they have several of */
export function customersNote(cases: string): string {
  return `${cases} di uno stesso cliente si somigliano. L’elaborazione oraria misura una volta alla settimana, dai file dei giorni chiusi, quanto questo aggiunge alla varianza in 7, 30, 90 e 365 giorni; da allora l’intervallo e i test ne tengono conto, la risposta dell’API dice method: by-customer, e con meno di 28 clienti di pari peso è un campione ridotto. Per una dimensione valgono le stesse cifre che per tutti. L’istantanea di un giorno non le usa.`;
}

/** How people are compared who are still there later. @param people the most of whom are */
export function stillThereNote(people: string): string {
  return `La maggior parte ${people} a un dato momento c’è ancora in quello successivo: si confrontano come se fossero campioni indipendenti, il che trova un cambiamento piuttosto troppo di rado che troppo spesso.`;
}

export const noCustomerNote =
  "Gli acquisti senza numero di cliente sono in sales, non qui. Un rimborso non annulla un acquisto.";

export const followedNote =
  "Esatto per gli intervalli di calendario: ogni cliente che pagava all’inizio è seguito fino alla fine. Per altri periodi e finestre mobili si compongono le quote giornaliere, e la risposta dell’API dice method: compounded.";

export const chartMogulNote =
  "Convenzione chartmogul: come ChartMogul pubblica i suoi tassi di abbandono di MRR, i movimenti del periodo divisi per i ricavi all’inizio, anche quelli dei clienti arrivati nel periodo; la riattivazione conta come guadagnata. Lago pubblica i movimenti e nessun tasso.";

export const noRateNote = "Senza ricavi ricorrenti all’inizio non c’è un tasso. Una valuta per serie.";

export const sketchNote =
  "p50 e p90 vengono da uno sketch le cui celle si sommano, entro l’1% da quelli esatti; la media è esatta.";

export const stillInTouchNote =
  "I giorni i cui clienti possono ancora farsi sentire sono provvisori, ed è troppo presto per confrontarli.";
