import type { MetricNotes } from "../metric-notes.ts";

/** What to know of the metrics of the web and the public, in Italian. */
export const italianWebNotes: MetricNotes = {
  "bounce-rate": [
    "Una sessione appartiene al giorno in cui è finita.",
    "groupBy=page mostra la pagina o l’articolo su cui le sessioni sono cominciate, groupBy=exitPage quello su cui sono finite.",
    "Un fatto con count sta per altrettante sessioni, ciascuna di altrettante pagine e secondi; inviato con la media di molte mantiene giuste le medie, ma rende troppo stretti i loro intervalli.",
  ],
  "next-page": [
    "Un caricamento (page.loaded) conta qui dove indica la pagina precedente (previousPage) e questa è un’altra.",
    "Dopo una pagina: filter.previousPage=/help/returns con groupBy=page e top=20 mostra dove si è andati da lì, il più frequente per primo.",
    "Chi se ne va non va a nessuna pagina successiva: bounce-rate con groupBy=exitPage mostra su quale pagina finiscono le visite.",
    "Un fatto con count sta per altrettanti caricamenti.",
  ],
  "cart-abandonment": [
    "L’unità è il carrello: per quante volte sia inviato il suo inizio o il suo acquisto, conta una volta.",
    "Un carrello è deciso nel giorno del suo acquisto, o nel giorno in cui scade il suo tempo (cartHours, 24 se lo spazio non dice altro), quello che viene prima. Fino ad allora è aperto e in nessuno dei due numeri.",
    "Un acquisto successivo annulla l’abbandono, nel giorno in cui il tempo è scaduto (boughtLate).",
    "Un acquisto senza inizio attende che l’inizio sia noto. Comprato prima dell’inizio conta come comprato, nel giorno dell’acquisto.",
    "Del giorno in corso: come finirà se non succede altro. Un carrello il cui tempo scade più tardi quel giorno conta già come abbandonato, finché non è comprato.",
    "startedInPeriod conta i carrelli nel giorno del loro inizio: alcuni di essi si decidono più tardi.",
  ],
  "cta-engagement": [
    "groupBy=cta mostra ogni invito all’azione, groupBy=page ogni pagina.",
    "Si contano i clic, non le persone che hanno cliccato: inviate un clic per visualizzazione per avere una quota. Più clic che visualizzazioni si mostrano come sono, sopra il 100%, e la risposta dell’API lo dice; rivelano che mancano visualizzazioni o che i clic sono ripetuti.",
    "Chi vede cinque volte un invito all’azione clicca ogni volta altrettanto spesso o di rado: perciò l’intervallo si misura sui giorni.",
    "Un clic conta nel proprio giorno, anche quando la visualizzazione era del giorno prima.",
    "Senza visualizzazioni non c’è valore, per quanti clic ci siano.",
  ],
  "organic-search": [
    "groupBy=keyword mostra che cosa si è cercato, groupBy=page le pagine e gli articoli su cui sono cominciate le visite, groupBy=device i dispositivi (una dimensione).",
    "I motori di ricerca rivelano poche parole chiave: le visite senza sono nel gruppo senza valore.",
  ],
  uptime: [
    "Si contano i controlli, non i minuti: fatti a intervalli regolari, la loro quota è la quota del tempo.",
    "groupBy=target mostra ogni servizio; su tutti insieme ogni controllo pesa allo stesso modo, qualunque cosa abbia controllato.",
    "I controlli che si susseguono non sono indipendenti, un’interruzione ne guasta diversi: perciò l’intervallo si misura sui giorni. Senza un fallimento nulla dice quanto dura un’interruzione, e il campione è ridotto.",
  ],
  "page-speed": [
    "I quantili vengono da uno sketch che si può unire e sono giusti all’1%; sotto un millisecondo sono 0. La media è esatta.",
    "groupBy=page mostra ogni pagina, groupBy=device ogni dispositivo (una dimensione).",
    "Un fatto con count sta per altrettanti caricamenti della stessa durata.",
    "Due periodi si confrontano con z su errori standard che darebbero intervalli altrettanto larghi (Woodruff 1952). Ciò che lo sketch non può distinguere, l’1% di ogni valore, non è una variazione.",
  ],
  "mobile-score": [
    "Punteggi di un solo strumento: quelli di un altro, o di un’altra versione di esso, vanno in un altro spazio o in una dimensione.",
    "groupBy=page mostra ogni pagina; su tutte insieme ogni punteggio pesa allo stesso modo.",
  ],
  "social-mentions": [
    "groupBy=channel mostra ogni rete, groupBy=sentiment ogni tipo di menzione.",
    "I picchi sono giorni con più menzioni di mediana + 3·s sui giorni del periodo, dove s è il maggiore tra 1,4826·MAD, √mediana e 1. I giorni prima della prima e dopo l’ultima menzione sono tralasciati, perché possono stare prima dell’inizio o nel futuro; meno di 7 giorni non hanno picchi.",
    "Più menzioni sono un bene solo quanto lo è il sentiment: guardate entrambi.",
  ],
  "share-price": [
    "L’ultimo prezzo di un giorno è la quotazione con l’occurredAt più recente, in qualunque ordine siano arrivate; tra più dello stesso istante è la più alta.",
    "Nulla si riporta: un periodo senza quotazione non ha prezzo, come in un giorno senza scambi.",
    "change è l’ultimo prezzo del periodo meno il suo primo; compare=previous dà la variazione dall’ultimo prezzo del periodo precedente.",
    "Titoli e valute non si mescolano mai. Dove nel periodo sono stati quotati più titoli non c’è valore: chiedete filter.symbol= o groupBy=symbol. I prezzi in altre valute sono serie proprie (currency=).",
  ],
};
