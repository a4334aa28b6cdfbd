import type { MetricTexts } from "./metric-texts.ts";

/** The names and descriptions of metrics in Italian. */
export const italianMetrics: MetricTexts = {
  nps: {
    name: "Net Promoter Score",
    description:
      "Quanto più i clienti tendono a raccomandarvi che a non farlo, dalle risposte a «Quanto è probabile che ci raccomandiate?» da 0 a 10.",
    apart: "Net Promoter Score su 1–10",
  },
  csat: {
    name: "Soddisfazione dei clienti",
    description: "La quota di risposte soddisfatte alla domanda «Quanto siete soddisfatti?».",
  },
  ces: {
    name: "Sforzo del cliente (CES)",
    description:
      "Quanto è stato facile ottenere ciò che serviva, come media delle risposte da 1 «molto difficile» a 7 «molto facile».",
    apart: "Sforzo del cliente su 1–5",
  },
  esat: {
    name: "Soddisfazione dei dipendenti",
    description:
      "Quanto i dipendenti sono soddisfatti del proprio lavoro, come media delle risposte da 1 a 10.",
    apart: "Soddisfazione dei dipendenti su 1–5",
  },
  "task-completion": {
    name: "Tasso di completamento",
    description: "La quota di chi voleva fare qualcosa e dice, o è stato visto, di averlo fatto.",
  },
  "visitor-intent": {
    name: "Intento dei visitatori",
    description:
      "Perché i visitatori sono venuti: la quota di ogni intento tra le risposte e quanti lo hanno portato a termine. Il valore è la quota dell’intento più frequente.",
  },
  "survey-response-rate": {
    name: "Tasso di risposta ai sondaggi",
    description: "La quota di inviti ai sondaggi che hanno avuto risposta.",
  },
  "feedback-volume": {
    name: "Commenti ricevuti",
    description: "Quante risposte ai sondaggi avevano un commento: il perché dietro ai punteggi.",
  },
  customers: {
    name: "Clienti attivi",
    description: "Quanti clienti ci sono alla fine del periodo e come sono arrivati e andati via.",
  },
  "churn-rate": {
    name: "Abbandono dei clienti",
    description: "La quota dei clienti di inizio periodo persi durante il periodo.",
  },
  "retention-rate": {
    name: "Fidelizzazione dei clienti",
    description: "La quota dei clienti di inizio periodo non persi durante il periodo.",
  },
  "repeat-purchase-rate": {
    name: "Riacquisti",
    description: "La quota di tutti i clienti finora che hanno comprato più di una volta.",
  },
  loyalty: {
    name: "Fedeltà d’acquisto",
    description:
      "Quante volte hanno comprato i clienti tornati e quanto attendono fino all’acquisto successivo.",
  },
  engagement: {
    name: "Coinvolgimento",
    description: "La quota di clienti attivi in contatto con voi in molti punti.",
  },
  "touchpoints-per-purchase": {
    name: "Punti di contatto per acquisto",
    description:
      "In quanti diversi punti di contatto i clienti sono stati in contatto con voi prima di comprare.",
  },
  interactions: {
    name: "Interazioni per cliente",
    description:
      "Quante volte i clienti, coinvolti o no, sono in contatto con voi, per ciascun cliente e per punto di contatto.",
  },
  sales: {
    name: "Vendite",
    description: "Quanto hanno pagato i clienti nel periodo, al netto dei rimborsi.",
  },
  "average-order-value": {
    name: "Valore medio dell’ordine",
    description: "Quanto paga in media un cliente per un ordine.",
  },
  clv: {
    name: "Valore del cliente (CLV)",
    description:
      "Quanto porta un cliente nell’intera relazione, se i clienti continuano a comprare e ad andarsene come in questo periodo.",
  },
  "clv-predicted": {
    name: "Valore del cliente previsto",
    description:
      "Quanto si prevede che un cliente porti entro l’orizzonte, secondo modelli di come i clienti acquistano e se ne vanno, e quanto questi hanno sbagliato.",
  },
  mrr: {
    name: "Ricavi ricorrenti mensili",
    description:
      "Quanto pagano al mese i clienti per gli abbonamenti alla fine del periodo e come è cambiato.",
  },
  "net-revenue-retention": {
    name: "Fidelizzazione netta dei ricavi",
    description:
      "Quanto pagano alla fine del periodo i clienti che pagavano all’inizio, in percentuale di allora: con quanto pagano in più, in meno e non più.",
  },
  "gross-revenue-retention": {
    name: "Fidelizzazione lorda dei ricavi",
    description:
      "Quanto di ciò che i clienti pagavano all’inizio del periodo pagano ancora alla fine, in percentuale: ciò che pagano in più non conta.",
  },
  "revenue-churn": {
    name: "Abbandono dei ricavi",
    description:
      "Quanto di ciò che i clienti pagavano all’inizio del periodo non pagano più alla fine, in percentuale.",
  },
  "acquisition-cost": {
    name: "Costo di acquisizione dei clienti",
    description: "Quanto si è speso nel periodo per acquisire clienti, per ogni cliente acquisito.",
  },
  "referral-rate": {
    name: "Tasso di raccomandazione",
    description: "La quota dei nuovi clienti del periodo arrivati perché qualcuno vi ha raccomandato.",
  },
  "contact-volume": {
    name: "Volume dei contatti",
    description: "Quanti contatti hanno aperto i clienti: quando, e per quanti clienti.",
  },
  complaints: {
    name: "Insoddisfatti che si fanno sentire",
    description:
      "Quale quota delle risposte insoddisfatte viene da clienti che poi si fanno sentire entro 30 giorni.",
  },
  "first-response-time": {
    name: "Tempo di prima risposta",
    description: "Quanto attendono in media i clienti la prima risposta a un ticket.",
  },
  "resolution-time": {
    name: "Tempo di risoluzione",
    description: "Quanto passa in media dall’apertura di un ticket alla sua completa risoluzione.",
  },
  "first-contact-resolution": {
    name: "Risoluzione al primo contatto",
    description: "Quanti casi su cento sono stati risolti al primo contatto e lo sono rimasti.",
  },
  "queue-abandonment": {
    name: "Abbandono in coda",
    description: "Quante persone su cento in attesa al telefono hanno riagganciato prima della risposta.",
  },
  "queue-time": {
    name: "Tempo in coda",
    description:
      "Quanto attende in media chi chiama prima della risposta, e quanti ricevono risposta in tempo.",
  },
  "knowledge-contributions": {
    name: "Contributi degli operatori",
    description:
      "Quante volte gli operatori hanno creato o migliorato articoli della base di conoscenza e quante volte i loro articoli hanno risolto un caso.",
  },
  "contributions-per-case": {
    name: "Contributi per 100 casi",
    description:
      "Quanti articoli della base di conoscenza sono stati creati o migliorati ogni cento casi e quanti casi gli articoli hanno risolto.",
  },
  "self-service": {
    name: "Risolto da soli",
    description:
      "Quante volte i clienti che hanno cercato o letto un articolo non si sono poi fatti sentire entro 7 giorni.",
  },
  "bounce-rate": {
    name: "Frequenza di rimbalzo",
    description: "La quota di visite in cui è stata vista una sola pagina.",
  },
  "next-page": {
    name: "Pagine successive",
    description:
      "Quante volte i visitatori passano da una pagina o da un articolo a un’altra pagina: che cosa fanno dopo.",
  },
  "cart-abandonment": {
    name: "Abbandono del carrello",
    description: "La quota di carrelli iniziati e non acquistati.",
  },
  "cta-engagement": {
    name: "Clic sugli inviti all’azione",
    description: "Quanti clic ci sono stati ogni cento visualizzazioni di un invito all’azione.",
  },
  "organic-search": {
    name: "Traffico organico di ricerca",
    description: "Quante visite sono arrivate da risultati non a pagamento dei motori di ricerca.",
  },
  uptime: {
    name: "Disponibilità",
    description: "La quota di controlli in cui il servizio era disponibile.",
  },
  "page-speed": {
    name: "Velocità delle pagine",
    description:
      "Quanto tempo è servito perché una pagina fosse pronta: tre caricamenti su quattro sono stati almeno così veloci.",
  },
  "mobile-score": {
    name: "Punteggio mobile",
    description: "Quanto le pagine sono adatte ai dispositivi mobili, come media di punteggi da 0 a 100.",
  },
  "social-mentions": {
    name: "Menzioni pubbliche",
    description: "Quante volte l’azienda è stata citata in pubblico, e se in termini positivi o negativi.",
  },
  "share-price": {
    name: "Prezzo dell’azione",
    description: "Quanto costava un’azione alla fine del periodo e quanto è cambiata.",
  },
  "journey-funnel": {
    name: "Imbuto del percorso",
    description:
      "Quanti dei percorsi iniziati sono arrivati a ogni fase e quanti all’ultima: consapevolezza, considerazione, decisione, fidelizzazione e promozione, se lo spazio non ne indica di proprie.",
  },
};
