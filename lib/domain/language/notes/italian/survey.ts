import type { MetricNotes } from "../metric-notes.ts";
import { customersNote } from "./shared-notes.ts";

/** What to know of the metrics of surveys, in Italian. */
export const italianSurveyNotes: MetricNotes = {
  nps: [
    "I sondaggi su 1–10 dichiarano la scala 1-10. Non sono confrontabili e non si mescolano mai: convention=1-10 li mostra da soli, uno spazio può farne la sua impostazione predefinita (conventions), e accanto all’altra convenzione sono nelle componenti «score 1-10», «low 1-10», «high 1-10» e «n 1-10» e hanno una scheda propria nel rapporto, appena ce n’è uno.",
    "I punteggi si sommano tra sondaggi, segmenti e periodi: il punteggio di un anno si calcola dalle risposte dell’anno, non dai punteggi dei suoi mesi.",
    customersNote("Le risposte"),
  ],
  csat: [
    "La quota si somma tra le scale, perché ogni risposta è soddisfatta oppure no; le medie no, perciò ce n’è una per ogni scala.",
    "L’istogramma completo di ogni scala usata è tra le componenti.",
    customersNote("Le risposte"),
  ],
  ces: [
    "La scala effort-1-5 va da 1 «sforzo molto basso» a 5 «sforzo molto alto», quindi più basso è meglio: non si mescola mai. convention=effort-1-5 la mostra da sola; accanto all’altra convenzione è nelle componenti «mean effort-1-5» e «n effort-1-5» e ha una scheda propria nel rapporto, appena c’è una risposta.",
    customersNote("Le risposte"),
  ],
  esat: [
    "Si chiede ai dipendenti: una risposta non porta un numero di cliente.",
    "Le risposte su 1–5 dichiarano la scala 1-5 e non si mescolano mai: convention=1-5 le mostra da sole, con 4–5 come top-box; accanto all’altra convenzione sono nelle componenti «mean 1-5» e «n 1-5» e hanno una scheda propria nel rapporto, appena ce n’è una.",
  ],
  "task-completion": [
    "Ogni risposta è un tentativo: completato o no. Convenzione in-time = 100·completati in tempo/tentati: di tutti i tentativi, compresi quelli falliti, qualunque cosa dicano del tempo. inTimePercent è lo stesso accanto all’altra convenzione.",
    "late conta chi ha completato e dice che non era in tempo. Di chi ha completato e non dice nulla del tempo non si sa se fosse in tempo, e un’avvertenza dice quanti sono; se nessuno di chi ha completato dice qualcosa, la quota in tempo manca (null).",
    "Il completamento per intento è in visitor-intent, le cui risposte qui non si contano.",
    "Su circa 1.200 test di usabilità di compiti la media è il 78%.",
  ],
  "visitor-intent": [
    "Le componenti hanno ogni intento, il più frequente per primo: le sue risposte («answers …»), la sua quota con l’intervallo («sharePercent …», «shareLow …», «shareHigh …») e, dove è stato detto se era portato a termine, i completati, gli interpellati e il tasso con il suo intervallo («completed …», «asked …», «completionPercent …», «completionLow …», «completionHigh …»).",
    "Un intento è la scelta così come è stata inviata, lettera per lettera. I primi 30 di uno spazio si contano per nome, finché i nomi insieme stanno in 600 byte, quelli arrivati dopo come (other): non un intento ma molti, perciò sta in fondo, non è mai il più frequente, e un’avvertenza dice che ce ne sono.",
    "Una risposta ha un intento; se sia stato portato a termine è facoltativo, e il completamento di un intento riguarda le risposte che lo dicono.",
    "Con groupBy=choice o filter.choice ogni gruppo ha un solo intento, e la sua quota è il 100% (nessuna, dove conta come (other)): chiedete senza e leggete le componenti.",
    "Dove l’intento più frequente è un altro nel periodo di confronto, le due quote sono di cose diverse, e non c’è test.",
  ],
  "survey-response-rate": [
    "La coorte sono gli inviti spediti nell’intervallo: una risposta conta nel giorno in cui è stato spedito il suo invito, una volta per quante siano le risposte, perciò il tasso non supera mai il 100%.",
    "A un invito risponde chi indica il suo invitationId, non prima della spedizione e fino ai responseCutOffDays dello spazio (14 se non impostati) dopo il giorno della spedizione, quel giorno compreso. La prima risposta successiva conta come answeredLate, una precedente non conta affatto.",
    "Un invito spedito di nuovo con lo stesso invitationId è un solo invito, spedito la prima volta.",
    "I giorni ai cui inviti si può ancora rispondere sono provvisori.",
    "Da hour00 a hour23 sono le ore del giorno dello spazio in cui sono state date le risposte in tempo. Con groupBy=hour, surveyId o una dimensione gli inviti si raggruppano secondo quando e con che cosa sono stati spediti.",
    "Una risposta tolta dal conteggio non risponde a nessun invito.",
    "I sondaggi esterni ricevono di solito risposte al 10–15% degli inviti.",
  ],
  "feedback-volume": [
    "Si contano le risposte a tutti i sondaggi, e accanto quelle a ciascuno.",
    "Un commento cancellato insieme alla sua persona resta contato.",
  ],
};
