import type { MetricNotes } from "../metric-notes.ts";

/** What to know of the metrics of journeys, in Italian. */
export const italianJourneyNotes: MetricNotes = {
  "journey-funnel": [
    "Un percorso conta nel giorno in cui è cominciato, e con esso ogni fase a cui è arrivato da allora: i numeri di un giorno passato salgono ancora mentre i suoi percorsi continuano. Confrontate periodi che hanno avuto altrettanto tempo per continuare, o chiedete within=30: ciò che è successo nelle 30 volte 24 ore dall’inizio del percorso (1, 7, 14, 30, 60, 90, 180 o 365 giorni); i giorni i cui percorsi non hanno avuto tanto tempo sono provvisori.",
    "Un percorso comincia quando il suo cliente entra per la prima volta in una fase, qualunque sia. Continua finché il suo cliente è passato per la prima fase e per l’ultima, in qualunque ordine, ed entra di nuovo nella prima, con cui ne comincia un altro. Una fase in cui si entra di nuovo conta una volta per percorso. Chi è acquisito prima del primo contatto è su un solo percorso.",
    "La convenzione entered conta chi è entrato in una fase. La convenzione reached conta chi è entrato in essa o in una successiva: chi ha saltato una fase, o vi è stato visto più tardi, l’ha superata.",
    "Le convenzioni customers-entered e customers-reached contano clienti invece di percorsi: ciascuno una volta, nel giorno in cui è cominciato il suo primo percorso, con tutte le fasi a cui è arrivato in qualunque percorso.",
    "Uno spazio può indicare altri imbuti, ciascuno con fasi proprie (funnels): chiedete funnel=<name>. Una fase che più imbuti hanno conta in ciascuno.",
    "Senza within= una variazione si giudica solo quando i percorsi del periodo hanno avuto 30 giorni, o quanto durano insieme i 90° percentili di tutti i passi.",
    "Il tempo mediano va dal primo ingresso in una fase al primo ingresso nella successiva (all’1%, da uno sketch), su tutti i percorsi entrati in entrambe in quest’ordine, per quanto tempo abbiano impiegato.",
    "Le componenti hanno ogni fase («reached …»: quanti vi sono arrivati secondo la convenzione), e dalla seconda in poi «conversionPercent …» con «conversionLow …» e «conversionHigh …», «dropOff …», «dropOffPercent …» e «medianSeconds …», ciascuno dalla fase precedente.",
    "I sondaggi accanto mostrano dove fa male: inviate risposte con la dimensione stage o touchpoint, e chiedete nps, csat o ces con groupBy=stage.",
  ],
};
