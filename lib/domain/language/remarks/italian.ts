import type { RemarkTexts } from "./english.ts";

/** Remarks on values, why goals cannot be judged, and what is wrong with what was asked for, in Italian. */
export const italianRemarks: RemarkTexts = {
  "remark.askedOnOneToTen": "Chiesto su 1–10: non confrontabile con un punteggio su 0–10.",
  "remark.clicksBeyondViews":
    "Ci sono più clic che visualizzazioni: mancano visualizzazioni, o i clic sono ripetuti.",
  "remark.correctionsLeftOut":
    "I giorni corretti mancano: le cifre hanno esaurito quanto una risposta può leggere.",
  "remark.effortOnFive": "Sforzo su 1–5: più basso è meglio.",
  "remark.groupsLeftOut":
    "I suoi gruppi mancano: si contano da tutti i giorni dall'inizio, e quelli di tutti i gruppi sono più di quanto una risposta possa leggere. Chieda singoli valori.",
  "remark.inSegmentOfCustomer":
    "Ordini e ricavi contano nel segmento del loro cliente, in cui è stato acquisito; un acquisto senza cliente nei segmenti che indica da sé.",
  "remark.intentsTogether":
    "{answers, plural, one {# risposta conta} other {# risposte contano}} come {name}: ci sono più intenti di quanti se ne contano per nome, e questi sono arrivati dopo.",
  "remark.judgedTogether":
    "{tested} confronti sono giudicati insieme (Benjamini & Hochberg 1995): di quelli indicati come variazione, al massimo l’1% può essere dovuto al caso.",
  "remark.mentionSpikes": "Giorni con molte più menzioni del solito, dal più alto: {days}.",
  "remark.netChurnByReason":
    "L’abbandono netto riguarda tutti quelli che arrivano e se ne vanno: non si distingue per motivo.",
  "remark.noRatio":
    "Manca il rapporto tra valore del cliente e costo: {reason, select, noCustomers {non ci sono nuovi clienti} nothingSpent {non è stato speso nulla} other {senza ordini, clienti e abbandoni non c’è un valore del cliente}}.",
  "remark.noGroups":
    "Nessun cliente ha un valore di {dimension}: sono tutti nel gruppo (none). I clienti hanno le dimensioni dell’evento con cui sono stati acquisiti.",
  "remark.notPredicted":
    "Non c’è previsione: {why, select, tooFewRepeats {{count} clienti hanno acquistato più di una volta, e al modello ne servono 100} tooFewSpenders {{count} clienti hanno speso qualcosa in acquisti ripetuti, e al modello ne servono 100} allNew {tutti i clienti sono nuovi} buyingUnknown {gli acquisti non dicono come i clienti se ne vanno} spendingUnknown {gli importi non dicono in che cosa i clienti differiscono} noMeanAmount {gli importi variano tanto tra i clienti che nessuna media è nota} tooFewLost {{count} clienti se ne sono andati, e al modello ne servono 30} leavingUnknown {i clienti differiscono troppo poco nel modo in cui se ne vanno} other {ciò che i modelli prevedono non è un numero finito}}.",
  "remark.onlyTracked":
    "Per {dimension} non c’è previsione: le previsioni si sommano per una dimensione tracciata alla volta.",
  "remark.otherCurrencies":
    "{what, select, orders {Gli ordini} prices {I prezzi} purchases {Gli acquisti e i rimborsi} subscriptions {Gli abbonamenti} other {Le spese}} in {currencies} non sono in questo valore: chiedete currency={first}.",
  "remark.otherScale":
    "{answers, plural, one {# risposta} other {# risposte}} sulla scala {scale} non sono in questo valore: scegliete la convenzione {scale}.",
  "remark.otherValues":
    "{dimension} ha più di {most} valori: quelli {which, select, later {arrivati dopo} other {più rari}} contano come {other}.",
  "remark.severalSymbols":
    "Sono quotati più titoli: sceglietene uno con filter.symbol= o affiancateli con groupBy=symbol.",
  "remark.tooFewCustomers":
    "I clienti sono troppo pochi per quanto differiscono: nessun intervallo è affidabile, per quanti ordini o risposte ci siano.",
  "remark.trackedSince":
    "{dimension} è seguita dal {since}: ciò che è stato registrato prima non è in nessun suo segmento.",
  "remark.unsaidInTime":
    "{unsaid, plural, one {# tentativo riuscito non dice} other {# tentativi riusciti non dicono}} se era in tempo: non contano come in tempo.",
  "goal.noMetric": "La metrica {metric} non esiste più.",
  "goal.tooDear":
    "Bisognerebbe ricontare troppi fatti: scegliete una finestra più breve, o seguite la dimensione nell’area di lavoro.",
  "goal.noValue":
    "Il valore non si può giudicare: {problem, select, none {dal {from} al {to} non ci sono dati da cui misurare {metric}} other {dal {from} al {to} il campione è di {n}, e ne servono {needed}}}.",
  "goal.noBase":
    "L’obiettivo deriva da una base che non è nota: {problem, select, none {dal {from} al {to} non ci sono dati da cui misurare {metric}} other {dal {from} al {to} il campione è di {n}, e ne servono {needed}}}.",
  "goal.noLine":
    "La linea verso l’obiettivo comincia da una base che non è nota: {problem, select, none {dal {from} al {to} non ci sono dati da cui misurare {metric}} other {dal {from} al {to} il campione è di {n}, e ne servono {needed}}}.",
  "goal.baseIsZero":
    "La base è 0: una variazione in percentuale non esiste. Indicate invece un valore o una variazione.",
  "goal.beyondRange":
    "L’obiettivo arriverebbe a {target}, e {metric} va {range, select, between {da {min} a {max}} atLeast {da {min} in su} other {fino a {max}}}. Indicatene un altro.",
  "error.parameters": "Con queste indicazioni non funziona:",
  "error.fields": "Con queste indicazioni non funziona:",
  "error.noDay": "deve essere un giorno che esiste: AAAA-MM-GG",
  "error.notBefore": "non può essere prima del {least}",
  "error.notAfter": "non può essere dopo il {most}",
  "error.after": "deve essere dopo il {least}, l’ultimo giorno della base",
  "error.endsBefore": "non può essere prima del primo giorno",
  "error.notAfterToday": "non può essere dopo oggi",
  "error.between": "deve essere da {least} a {most}",
  "error.link": "deve essere un indirizzo che comincia con https:// o http://",
  "error.oneOfOrDay": "deve essere uno di questi: {values}, oppure un giorno che esiste: AAAA-MM-GG",
  "error.oneOf": "deve essere uno di questi: {values}",
  "error.unknownField": "non è conosciuto",
  "error.missing": "manca: {rest}",
  "error.tooLong": "può avere al massimo {most} caratteri",
  "error.atLeast": "deve essere almeno {least}",
  "error.atMost": "può essere al massimo {most}",
  "error.number": "deve essere un numero",
  "error.wholeNumber": "deve essere un numero intero",
  "error.givenOnce": "può comparire una volta sola",
  "error.nothingHere": "Qui non c’è nulla.",
  "error.noSuchMetric": "Non c’è una metrica con questo nome.",
  "error.noSuchGoal": "Non c’è un obiettivo con questo identificativo.",
  "error.noSuchAnnotation": "Non c’è una nota con questo identificativo.",
  "error.secureLink": "deve essere un indirizzo che comincia con https://",
  "error.noUserInAddress": "non deve contenere un nome utente o una password",
  "error.noFragment": "non deve avere una parte dopo #",
  "error.publicAddress": "deve essere un indirizzo di Internet pubblico",
  "error.noSuchWebhook": "Non c’è un webhook con questo identificativo.",
  "error.noSuchAlert": "Non c’è un avviso con questo identificativo.",
  "error.noSuchDelivery": "Non c’è una consegna con questo identificativo.",
  "error.tooManyWebhooks":
    "Uno spazio di lavoro ha al massimo {most} webhook: eliminatene uno che non serve.",
  "error.tooManyAlerts": "Uno spazio di lavoro ha al massimo {most} avvisi: eliminatene uno.",
  "error.needsAdmin": "Serve una chiave con il permesso «admin».",
  "error.signInAsAdmin": "Serve una chiave con il permesso «admin»: accedete con una di queste.",
  "error.ownPage": "Questo modulo si può inviare solo dalla pagina del sito stesso.",
  "error.tooManyTries": "Troppi tentativi: riprovate tra {seconds} secondi.",
  "error.usedUp": "Questa chiave ha usato quanto le spetta; non è stato fatto nulla.",
  "error.failed": "Qui qualcosa è andato storto; ripetere la stessa richiesta non fa danni.",
  "benchmark.usabilityTests": "circa 1.200 test di usabilità, in media",
  "benchmark.surveys": "sondaggi tra persone esterne all’azienda",
  "benchmark.largeSaas": "grandi aziende SaaS, all’anno",
  "benchmark.smallSaas": "piccole aziende SaaS, al mese",
  "benchmark.engaged": "clienti aziendali pienamente coinvolti",
  "benchmark.touchpoints": "consumatori, per articolo, in media",
  "benchmark.complaining": "clienti insoddisfatti che reclamano (1 su 26)",
};
