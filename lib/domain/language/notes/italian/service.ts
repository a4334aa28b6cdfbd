import type { MetricNotes } from "../metric-notes.ts";
import { sketchNote, stillInTouchNote } from "./shared-notes.ts";

/** What to know of the metrics of service, in Italian. */
export const italianServiceNotes: MetricNotes = {
  "contact-volume": [
    "Un ticket è un contatto, nel giorno in cui è stato aperto, per quante volte sia stata inviata la sua apertura.",
    "Da hour00 a hour23 sono ore del giorno nel fuso orario dello spazio; le ore e i giorni della settimana danno ciascuno insieme il valore.",
    "La media dei clienti attivi è la media tra quelli all’inizio e quelli alla fine del periodo. In un gruppo sono i clienti di quel gruppo, e se non ce ne sono la cifra manca (null).",
    "Le categorie più comuni: groupBy=category con top=10 o top=20; il resto è il gruppo (other).",
  ],
  complaints: [
    "Un punteggio basso è quello di un detrattore (NPS 0–6), uno nella metà inferiore della scala di soddisfazione dei clienti (1–2 su 5), 1–3 su 7 per la facilità o 4–5 su 5 per lo sforzo. Un cliente conta una volta al giorno, nei propri segmenti; le risposte senza numero di cliente sono tralasciate.",
    "Un ticket aperto (ticket.opened) o una chiamata (call.queued) con lo stesso customerId, al punteggio o fino a 30 giorni dopo il suo giorno, l’ultimo compreso, è farsi sentire. Ciò che è venuto prima del punteggio non lo è.",
    stillInTouchNote,
  ],
  "first-response-time": [
    "Conta solo la prima risposta all’apertura o dopo, nel giorno di quella risposta, nei segmenti dell’apertura del ticket.",
    "Un ticket a cui nessuno ha risposto non è ancora in nessuna cifra.",
    sketchNote,
    "Il tempo scorre senza sosta: contano le notti e i fine settimana.",
  ],
  "resolution-time": [
    "Il valore è la soluzione completa: un caso riaperto conta con la sua ultima soluzione, nel giorno di quella. Finché è di nuovo aperto non è risolto, e il suo giorno precedente lo perde.",
    "Le componenti first… sono delle prime soluzioni, nei loro giorni: una riapertura non ne cambia nulla. resolvedAgain sono i casi la cui soluzione completa è venuta dopo una riapertura.",
    "Appartiene al giorno della soluzione, nei segmenti dell’apertura del ticket. Una soluzione prima dell’apertura non conta; quella di un caso già risolto ripete la stessa cosa.",
    sketchNote,
    "Il tempo scorre senza sosta: contano le notti, i fine settimana e l’attesa del cliente.",
  ],
  "first-contact-resolution": [
    "Un caso conta una volta, nel giorno della sua prima soluzione: una riapertura lo toglie dal numeratore e lo lascia nel denominatore.",
    "Una riapertura annulla il primo contatto fino a 7 giorni dopo il giorno della prima soluzione; chi torna più tardi viene con un’altra questione, e chi viene prima che qualcosa sia risolto non torna. Gli intervalli che arrivano negli ultimi 7 giorni sono provvisori.",
    "Convenzione of-contacts = 100·risolti al primo contatto nel periodo/contatti aperti in esso: anche i contatti che nessuno ha risolto sono nel denominatore. I casi aperti prima e risolti nel periodo sono nel numeratore, perciò su pochi giorni può superare il 100%, e allora non ha intervallo.",
    "Primo contatto è ciò che dice ticket.resolved (contacts: 1); dove non dice nulla, al massimo una risposta dall’apertura alla prima soluzione.",
  ],
  "queue-abandonment": [
    "Una chiamata abbandonata conta nel giorno in cui è entrata in coda, nei segmenti di quell’ingresso, sicché il tasso non supera mai il 100%.",
    "Una chiamata conta una volta, per quante volte sia stata messa in coda o abbandonata. Una che non è mai stata in coda non conta da nessuna parte finché non arriva il suo call.queued.",
    "Ogni abbandono conta, per breve che sia l’attesa.",
  ],
  "queue-time": [
    "Una chiamata conta nel giorno in cui è entrata in coda, nei segmenti di quell’ingresso, una volta che ha avuto risposta o è stata abbandonata: con i secondi che dicono call.answered o call.abandoned, altrimenti con il tempo dal suo call.queued.",
    "L’obiettivo è 20 secondi se non se ne chiede un altro (target=5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600): answeredInTime conta le chiamate con risposta entro quel limite, il limite compreso, e answeredInTimePercent è la loro quota di tutte le chiamate con risposta o abbandonate.",
    "abandonedMean e abandonedP50 sono quanto ha atteso chi ha riagganciato. Una chiamata che ha avuto risposta ed è stata abbandonata è abbandonata.",
    "transfersPerCall riguarda le chiamate di cui si sa quante volte chi chiamava è stato passato ad altri (transfersKnown); una chiamata conta il massimo che uno dei suoi eventi dice.",
    "I quantili vengono da uno sketch le cui celle si sommano, entro l’1% da quelli esatti; le medie sono esatte, e così la quota in tempo.",
  ],
  "knowledge-contributions": [
    "Chi ha scritto per primo un articolo è il suo autore: il primo article.written lo crea, ogni successivo lo migliora ed è attribuito a chi lo ha inviato come agent.",
    "Gli usi e i casi risolti sono attribuiti all’autore dell’articolo, nel giorno dell’uso. Un articolo il cui article.written non è arrivato non è attribuito a nessuno, e fino ad allora i suoi usi non contano da nessuna parte.",
    "convention=resolved è quanti casi gli articoli hanno risolto: con groupBy=articleId, sort=value e top=10 quelli che ne risolvono di più.",
    "Un uso ha risolto un caso se lo dice (resolved) e, quando non dice nulla, se indica un ticket.",
  ],
  "contributions-per-case": [
    "n sono i contatti aperti nello stesso periodo, in un gruppo quelli del gruppo: per agent i casi dell’operatore. Se non ce ne sono, il valore manca (null).",
    "I contributi contano nel giorno della scrittura, i contatti nel giorno dell’apertura: scegliete intervalli lunghi rispetto al tempo che passa in mezzo.",
  ],
  "self-service": [
    "Una sessione è un giorno in cui un cliente ha cercato (article.searched) o letto un articolo (article.used senza ticketId), una volta per quante siano, nei segmenti del cliente. Senza un numero di cliente nessuno sa se sia servito, e nulla conta.",
    "È stata risolta a meno che lo stesso cliente abbia aperto un ticket o chiamato, dopo il suo inizio e fino a 7 giorni dopo il suo giorno, l’ultimo compreso.",
    stillInTouchNote,
  ],
};
