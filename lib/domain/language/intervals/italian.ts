const wilson = "Intervallo di Wilson (score).";

const meanOfScale =
  "Intervallo t di Student della media, limitato alla scala; da 30 risposte in poi allargato a quello della trasformazione di Hall (1992), e con meno gradi di libertà, dove sono asimmetriche.";

const meanOfAmounts =
  "Intervallo t di Student della media, non sotto 0; da 30 valori in poi allargato a quello della trasformazione di Hall, e con meno gradi di libertà, secondo l’asimmetria dei valori o di una distribuzione lognormale con la loro variazione, la maggiore delle due. Dove la media varia da un giorno all’altro più di quanto dicano i suoi valori, l’errore standard è quello sui giorni (da 7 in poi). Un campione ridotto finché non ci sono più di 28 + 5·asimmetria² valori.";

const bursts =
  "Intervallo di Wilson (score), con il limite di Poisson fino a 3 eventi in 30 casi o più; dove la quota varia da un giorno all’altro più di quanto dicano i suoi casi, quello del minor numero di casi che direbbe altrettanto (da 7 giorni in poi).";

const noneOfSubscriptions =
  "Nessuno: ogni abbonamento è contato. Quanto clienti di dimensione diversa avrebbero potuto comportarsi altrimenti per caso non si conserva, perciò le variazioni non si sottopongono a test.";

/** Nothing is estimated. @param clause what is counted */
const counted = (clause: string) => `Nessuno: ${clause}, perciò non c’è errore di campionamento.`;

/** How the intervals of metrics are computed, in Italian, by metric id. */
export const italianIntervals: Readonly<Record<string, string>> = {
  nps: "Wald corretto (adjusted Wald): prima dell’errore standard si aggiungono ¾ di promotore, 1½ passivi e ¾ di detrattore; limitato a ±100.",
  csat: wilson,
  ces: meanOfScale,
  esat: meanOfScale,
  "task-completion": wilson,
  "visitor-intent":
    "Intervallo di Wilson (score) di ogni quota e del completamento di ogni intento. Quello del valore è dell’intento più frequente, come se fosse stato indicato prima.",
  "survey-response-rate": wilson,
  "feedback-volume":
    "Nessuno per il conteggio. Quello della quota è un intervallo di Wilson (score), tra le componenti.",
  customers: counted("ogni cliente è contato"),
  "churn-rate":
    "Intervallo di Wilson (score); per un tasso composto quello di Wilson con la dimensione del campione che risulta dalla varianza di Greenwood (Rothman 1978).",
  "retention-rate": "L’intervallo dell’abbandono, rispecchiato.",
  "repeat-purchase-rate": wilson,
  loyalty: "Intervallo t di Student della media, dalla somma dei quadrati dei numeri di acquisti.",
  engagement: wilson,
  interactions: counted("ogni interazione è contata"),
  "touchpoints-per-purchase":
    "Intervallo t di Student della media, non sotto 1; intervallo di Wilson (score) della quota sopra quattro. Dove gli acquisti di un giorno o di un cliente si somigliano, entrambi sono larghi quanto ne consegue.",
  sales: counted("ogni acquisto è contato"),
  "average-order-value": meanOfAmounts,
  clv: "Nessuno: un prodotto di stime da campioni diversi. Le metriche average-order-value e churn-rate hanno gli intervalli di due dei suoi fattori.",
  "clv-predicted":
    "Dall’incertezza dei parametri dei modelli (metodo delta, sulla scala del logaritmo). Ciò che i singoli clienti fanno per caso non vi rientra: per molti di loro conta poco. Un cambiamento è verificato come se due stime conoscessero acquisti diversi; poiché ne condividono la maggior parte, si dicono certi piuttosto troppo pochi cambiamenti.",
  mrr: counted("ogni abbonamento è contato"),
  "net-revenue-retention": noneOfSubscriptions,
  "gross-revenue-retention": noneOfSubscriptions,
  "revenue-churn": noneOfSubscriptions,
  "acquisition-cost": counted("tutta la spesa e tutti i clienti sono contati"),
  "referral-rate": wilson,
  "contact-volume": counted("ogni contatto è contato"),
  complaints: wilson,
  "first-response-time": meanOfAmounts,
  "resolution-time": meanOfAmounts,
  "first-contact-resolution": wilson,
  "queue-abandonment": bursts,
  "queue-time":
    "Intervallo t di Student della media, non sotto 0; intervallo di Wilson (score) della quota in tempo.",
  "knowledge-contributions": counted("ogni contributo è contato"),
  "contributions-per-case": counted("tutti i contributi e tutti i contatti sono contati"),
  "self-service": wilson,
  "bounce-rate": `${bursts} Intervallo t di Student per le medie di pagine e secondi, allargato dove sono asimmetriche.`,
  "next-page": counted("ogni caricamento è contato"),
  "cart-abandonment": bursts,
  "cta-engagement": `${bursts} Nessuno dove ci sono stati più clic che visualizzazioni. Un campione ridotto con meno giorni, e dove nessuno o tutti hanno cliccato.`,
  "organic-search": counted("ogni visita è contata"),
  uptime: `${bursts} Un campione ridotto con meno giorni, e senza alcun fallimento o alcun successo.`,
  "page-speed":
    "Intervallo di un quantile dalle statistiche d’ordine, senza ipotesi sulla distribuzione; nessuno con meno di 13 caricamenti.",
  "mobile-score": "Intervallo t di Student della media, limitato alla scala.",
  "social-mentions":
    "Nessuno per il numero di menzioni: sono contate. Per il sentiment netto Wald corretto, come per il Net Promoter Score: entrambi sono la media di +1, 0 e −1.",
  "share-price": "Nessuno: un prezzo non si stima da un campione.",
  "journey-funnel": "Intervallo di Wilson (score), dell’intera strada e di ogni passo.",
};
