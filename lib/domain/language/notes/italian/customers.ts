import type { MetricNotes } from "../metric-notes.ts";
import { customersNote, noCustomerNote, stillThereNote } from "./shared-notes.ts";

/** What to know of the metrics of customers, in Italian. */
export const italianCustomersNotes: MetricNotes = {
  customers: [
    "Un cliente è perso per una fine esplicita o, in uno spazio che imposta inactivityDays, nell’ultimo di altrettanti giorni senza acquisti.",
    "Un acquisto fa di uno sconosciuto un cliente. Un acquisto in un giorno successivo a quello in cui il cliente è stato perso lo fa tornare.",
    "La fine di un cliente che non è attivo non cambia nulla.",
    "Per una dimensione un cliente conta dove è stato acquisito, anche quando è perso e torna: con il suo ingresso esplicito, altrimenti con il suo primo acquisto, o con un ritorno dove è la prima cosa che si sa di lui.",
    "Del giorno in corso: come finirà se non succede altro. Chi quel giorno è perso per inattività conta già come perso, fino al prossimo acquisto.",
    "Di un intervallo non ancora iniziato: tanti quanti oggi, finché qualcuno arriva o se ne va.",
  ],
  "churn-rate": [
    "Esatto per gli intervalli di calendario: un cliente arrivato e andato via nell’intervallo non è nel numeratore; uno perso, tornato e perso di nuovo conta una volta.",
    "Per altri periodi e finestre mobili si compongono i tassi giornalieri, 1 − Π(1 − abbandono giornaliero), e la risposta dell’API dice method: compounded.",
    "Perché se ne vanno: groupBy=reason ha ogni motivo che customer.left indica (il suo campo reason, o la dimensione), con chi è stato perso per esso tra tutti i clienti dell’inizio, sicché i motivi insieme danno il tasso; (inactive) sono i persi per inattività, (none) quelli che non dicono nulla. Le componenti hanno quanti sono stati persi per ciascuno («lost …»). Per ogni altra dimensione i clienti si raggruppano secondo dove sono stati acquisiti.",
    "Convenzioni: net = (inizio − fine)/inizio, baremetrics = persi/inizio, stripe = persi/(inizio + nuovi). L’abbandono netto è negativo quando un’attività cresce.",
  ],
  "retention-rate": [
    "Gli stessi clienti dell’abbandono: quelli dell’inizio. Chi è arrivato nel periodo non è in nessuna delle due parti.",
    "Per i periodi che non sono intervalli di calendario si compongono i tassi giornalieri, e la risposta dell’API dice method: compounded.",
  ],
  "repeat-purchase-rate": [
    "All’ultimo giorno dell’intervallo, su tutti i clienti finora: non solo quelli che hanno comprato nell’intervallo.",
    `${stillThereNote("dei clienti finora conosciuti")} Dove più della metà degli acquirenti è nuova nel periodo, è troppo presto per confrontare.`,
    noCustomerNote,
  ],
  loyalty: [
    "All’ultimo giorno dell’intervallo, su tutti i clienti finora; meanDaysBetween riguarda gli acquisti fatti nell’intervallo, ciascuno con i giorni trascorsi dal precedente acquisto dello stesso cliente.",
    "Tra acquisti dello stesso giorno non ci sono giorni. Un acquisto arrivato tardi tra altri due divide i giorni tra di essi.",
    stillThereNote("dei clienti finora conosciuti"),
    noCustomerNote,
    "Legge i giorni delle vendite dall’inizio: circa 9 unità di lettura per ogni anno chiuso con acquisti tutti i giorni.",
  ],
  engagement: [
    "All’ultimo giorno dell’intervallo, sui 30 giorni fino ad esso. k è engagedTouchpoints dello spazio, all’inizio 4.",
    "Chi alla fine di quel giorno non è un cliente attivo non conta come coinvolto, per quante siano le interazioni; quelle di prima dell’ingresso contano una volta che è cliente.",
    "interactionsPerEngaged e touchpointsPerEngaged sono dei clienti coinvolti in quei 30 giorni.",
    stillThereNote("dei clienti"),
    "Del giorno in corso: come finirà se non succede altro. I clienti smettono di essere coinvolti per il solo passare del tempo, nel giorno in cui restano troppo poche delle interazioni dei 30 giorni.",
  ],
  interactions: [
    "Un’interazione (interaction.made) conta nel suo giorno, nei segmenti del suo cliente. n è quante sono state.",
    "La media dei clienti attivi è la media tra quelli all’inizio e quelli alla fine; se non ce ne sono, il valore manca (null). Le interazioni di persone che non sono clienti sono comprese.",
    "groupBy=touchpoint scompone il valore: le interazioni in ogni punto di contatto, divise per tutti i clienti, sicché le parti insieme danno il tutto. I primi 30 punti di contatto di uno spazio si contano per nome, gli altri come (other).",
  ],
  "touchpoints-per-purchase": [
    "Un acquisto conta nel suo giorno, con i diversi punti di contatto delle interazioni del suo cliente (interaction.made) in quel giorno e nei 29 precedenti, nei segmenti del suo cliente.",
    "Un acquisto il cui cliente non ha avuto interazioni in questi giorni è tralasciato: non si sa nulla di come ci è arrivato. Così anche uno senza cliente.",
    "aboveFour conta gli acquisti con più di 4 punti di contatto, aboveFourPercent è la loro quota.",
    customersNote("Gli acquisti"),
    "Riferimento: i clienti usano in media sei punti di contatto, e quasi la metà di loro più di quattro.",
  ],
  "referral-rate": [
    "Un cliente arrivato per referenza conta nel giorno in cui è diventato cliente, in qualunque momento il suo referral.converted lo dica; chi non lo è mai diventato non si conta.",
    "referrerShare è la quota dei clienti attivi alla fine dell’intervallo che finora vi hanno raccomandati.",
    "codesConverted sono quelli, tra i codici inviati per la prima volta nell’intervallo, con cui finora qualcuno è arrivato, perciò codeConversion non supera mai il 100%. Date a ogni referenza un codice proprio per vedere quante riescono; con uno per ogni referente dice quanti referenti hanno portato qualcuno.",
    "referralsSent conta ogni referral.sent dell’intervallo, anche più di uno con lo stesso codice.",
  ],
};
