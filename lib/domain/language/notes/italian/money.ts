import type { MetricNotes } from "../metric-notes.ts";
import { chartMogulNote, customersNote, followedNote, noRateNote } from "./shared-notes.ts";

/** What to know of the metrics of what customers pay and cost, in Italian. */
export const italianMoneyNotes: MetricNotes = {
  sales: [
    "Una valuta per serie: gli importi in altre valute sono serie proprie (currency=) e non si sommano mai.",
    "Un rimborso appartiene al giorno in cui il denaro è stato restituito.",
    "Gli importi sono unità minime intere dal primo all’ultimo passaggio: nessun errore di arrotondamento.",
  ],
  "average-order-value": [
    "I ricavi sono ciò che è stato pagato prima dei rimborsi: un rimborso cambia sales, non il valore dell’ordine.",
    "Una valuta per serie.",
    customersNote("Gli ordini"),
    "Dove una manciata di clienti fa la maggior parte della differenza tra gli ordini, nessun numero di clienti è sufficiente: chi non è nel campione potrebbe decidere la media altrettanto. Il valore è un campione ridotto, qualunque cosa dica n.",
  ],
  "clv-predicted": [
    "I modelli si stimano una volta alla settimana, e ogni volta che si chiede una previsione. Una stima vale dal giorno dopo l’ultimo giorno che conosce, fino alla successiva, per 31 giorni al massimo.",
    "Orizzonte, tasso di sconto e margine sono impostazioni dello spazio di lavoro (predictionMonths, discountRate, margin), com’erano quando i modelli sono stati stimati. totalValue è il valore di tutti i clienti insieme.",
    "Senza abbastanza clienti che hanno acquistato più volte, o dove gli acquisti non determinano i modelli, il valore è null, e un’osservazione dice perché.",
    "method dice quale modello è stato preso: contracts dove almeno 30 clienti se ne sono andati esplicitamente o hanno terminato tutti i loro abbonamenti, altrimenti purchases. La previsione stessa dice perché.",
    "I componenti i cui nomi cominciano con holdout dicono quanto i modelli hanno sbagliato: prevedono l’ultimo quarto della storia dal resto.",
    "Per una dimensione tracciata i clienti contano dove sono stati acquisiti; customers, orders e totalValue dei suoi valori danno insieme il tutto. Altre dimensioni non hanno valori.",
  ],
  clv: [
    "La media dei clienti attivi è la media tra quelli all’inizio e quelli alla fine; frequenza e abbandono sono quelli del periodo, perciò la durata conta periodi.",
    "In un periodo che comincia prima dei primi clienti la media è sui giorni in cui ce n’erano; n è la media su tutti i suoi giorni, sicché è un campione ridotto. Finché nessun cliente ha comprato in media due volte, il valore è al massimo quanto si è speso a testa.",
    "Con abbandono zero la durata è sconosciuta e il valore manca (null); cappedValue presuppone una durata di maxLifespanMonths.",
    "Senza ordini non c’è un valore medio dell’ordine, perciò value e cappedValue mancano (null).",
    "Il margine e maxLifespanMonths sono impostazioni dello spazio; con margine 1 il valore è ricavo, non profitto.",
    "Gli ordini senza numero di cliente sono nei ricavi: impostate il margine e confrontate periodi, invece di leggere un solo valore.",
    "Per una dimensione, ordini e ricavi contano nel segmento del loro cliente, come i clienti stessi: in quello in cui è stato acquisito. Ciò che un acquisto dice di sé conta solo dove non indica un cliente.",
  ],
  mrr: [
    "Un abbonamento porta al mese importo × quantità, un terzo di ciò con un prezzo trimestrale, un dodicesimo con uno annuale. Si conta in dodicesimi dell’unità minima della valuta, sicché nulla è arrotondato e i movimenti tornano esattamente, ogni giorno, in ogni segmento e valuta.",
    "I movimenti sono quelli di un cliente, di tutti i suoi abbonamenti nella valuta insieme, dalla fine di un giorno alla fine del successivo. Un altro abbonamento di un cliente che già paga è espansione, la fine di uno di due è riduzione; l’abbandono è ciò che si pagava quando è finito l’ultimo, la riattivazione ciò che paga chi aveva abbandonato.",
    "Sono i movimenti che ChartMogul pubblica; esso raggruppa le attività della stessa ora, mentre qui quelle di un giorno sono una. I new, expansion, contraction e churn di Lago sono gli stessi senza la riattivazione, di cui non pubblica nulla, e come qui prende i prezzi dei piani, non ciò che è stato fatturato.",
    "Un abbonamento gratuito (importo 0) non porta nulla: il suo cliente è nuovo quando comincia a pagare. La modifica di un abbonamento non in corso lo avvia. Ciò che si addebita per consumo o una sola volta non è compreso.",
    "Una valuta per serie: un cliente che cambia valuta abbandona in una ed è nuovo nell’altra. Le variazioni dei tassi di cambio non muovono nulla.",
    "Per una dimensione un cliente conta dove è stato acquisito, con tutti i suoi abbonamenti.",
  ],
  "net-revenue-retention": [
    "Sopra 100 i clienti dell’inizio crescono di più di quanto si perde. I nuovi clienti non sono compresi, né chi aveva abbandonato prima e torna; chi abbandona e torna nel periodo c’è alla sua fine.",
    followedNote,
    chartMogulNote,
    noRateNote,
  ],
  "gross-revenue-retention": [
    "Mai sopra 100, ed esattamente 100 − revenue-churn. Un cliente che espande e riduce di nuovo fino a dov’era all’inizio non ha perso nulla; secondo la convenzione chartmogul la sua riduzione conta.",
    followedNote,
    chartMogulNote,
    noRateNote,
  ],
  "revenue-churn": [
    "Convenzioni: gross è esattamente 100 − gross-revenue-retention, net esattamente 100 − net-revenue-retention, e negativo dove i clienti dell’inizio crescono. chartmogul e chartmogul-net sono i tassi di abbandono lordo e netto di MRR di ChartMogul.",
    followedNote,
    chartMogulNote,
    noRateNote,
  ],
  "acquisition-cost": [
    "Senza nuovi clienti il valore manca (null). I clienti che tornano non sono nuovi.",
    "La spesa conta nel suo giorno, i clienti nel giorno in cui lo diventano: scegliete intervalli lunghi rispetto al tempo che passa in mezzo.",
    "Per canale: la spesa nel canale che indica, i clienti e ciò che hanno comprato in quello in cui sono stati acquisiti.",
    "lifetimeValueToCost è il valore del cliente dello stesso periodo e segmento diviso per questo costo; manca (null) dove manca uno dei due, e le avvertenze dicono perché.",
    "Una valuta per serie: la spesa in altre valute è una serie propria (currency=) e non si somma mai.",
  ],
};
