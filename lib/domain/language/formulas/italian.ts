/** The formulas of metrics in Italian, by id. */
export const italianFormulas: Readonly<Record<string, string>> = {
  nps: "100·(promotori − detrattori)/n; 9–10 promotore, 7–8 passivo, 0–6 detrattore",
  csat: "100·soddisfatti/n; soddisfatto = 3 su 3, 3–4 su 4, 4–5 su 5 (anche su 0–5), 5–6 su 6, 6–7 su 7, 8–10 su 10",
  ces: "media di 1–7; top-box = 100·(risposte 5–7)/n; indice = 100·(risposte 6–7 − risposte 1–3)/n",
  esat: "media di 1–10 (o 1–5); top-box = 100·(risposte 8–10, o 4–5)/n",
  "task-completion": "100·completati/tentati",
  "visitor-intent": "100·risposte con l’intento/risposte; il valore è la maggiore di queste quote",
  "survey-response-rate": "100·inviti con risposta/inviti spediti",
  "feedback-volume": "risposte con commento; quota = 100·risposte con commento/risposte",
  customers: "inizio + nuovi + tornati − persi",
  "churn-rate": "100·(clienti dell’inizio persi nel periodo)/(clienti all’inizio)",
  "retention-rate": "100·(inizio − persi)/inizio, dei clienti dell’inizio: esattamente 100 − abbandono",
  "repeat-purchase-rate": "100·clienti con ≥ 2 acquisti/clienti con ≥ 1",
  loyalty: "acquisti finora dei clienti tornati/clienti tornati finora; tornati: ≥ 2 acquisti",
  engagement:
    "100·pienamente coinvolti/clienti attivi; pienamente coinvolto: interazioni in ≥ k punti di contatto diversi in 30 giorni",
  interactions: "interazioni/media dei clienti attivi",
  "touchpoints-per-purchase":
    "somma dei punti di contatto diversi nei 30 giorni fino a un acquisto/acquisti con almeno uno",
  sales: "acquisti − rimborsi",
  "average-order-value": "ricavi/ordini",
  clv: "valore medio dell’ordine × frequenza d’acquisto (ordini/media dei clienti attivi) × durata (1/abbandono) × margine",
  "clv-predicted":
    "(acquisti attesi entro l’orizzonte, con BG/NBD × importo atteso di un acquisto, con Gamma-Gamma × margine × (1 − quota rimborsata), scontati, di tutti i clienti)/clienti; sotto contratto: (mesi attesi entro l’orizzonte, con shifted-beta-geometric × ricavo al mese × margine × (1 − quota rimborsata), scontati, di tutti i clienti presenti)/clienti",
  mrr: "inizio + nuovi + espansione + riattivazione − riduzione − abbandono",
  "net-revenue-retention":
    "100·(ricavi ricorrenti alla fine dei clienti dell’inizio)/(ricavi ricorrenti all’inizio)",
  "gross-revenue-retention":
    "100·Σ min(ricavi ricorrenti di un cliente all’inizio, alla fine)/(ricavi ricorrenti all’inizio)",
  "revenue-churn":
    "100·Σ (quanto un cliente paga in meno alla fine rispetto all’inizio)/(ricavi ricorrenti all’inizio)",
  "acquisition-cost": "spesa di acquisizione/nuovi clienti",
  "referral-rate": "100·nuovi clienti arrivati per referenza/nuovi clienti",
  "contact-volume": "contatti aperti; anche 100·contatti/media dei clienti attivi",
  complaints: "100·punteggi bassi seguiti da un ticket o una chiamata entro 30 giorni/punteggi bassi",
  "first-response-time": "somma di (prima risposta − apertura)/ticket con una prima risposta",
  "resolution-time": "somma di (soluzione − apertura)/casi risolti",
  "first-contact-resolution": "100·risolti al primo contatto/risolti",
  "queue-abandonment": "100·chiamate abbandonate/chiamate in coda",
  "queue-time":
    "somma dei secondi di attesa/chiamate con risposta; anche 100·chiamate con risposta in tempo/chiamate con risposta o abbandonate",
  "knowledge-contributions":
    "articoli creati + articoli migliorati; risolti: casi che gli articoli hanno risolto",
  "contributions-per-case": "100·(articoli creati + articoli migliorati)/contatti aperti",
  "self-service": "100·sessioni senza ticket o chiamata entro 7 giorni/sessioni di self-service",
  "bounce-rate": "100·sessioni di una pagina/sessioni; pagine per sessione; secondi per sessione",
  "next-page": "caricamenti di pagina arrivati da un’altra pagina",
  "cart-abandonment": "100·(1 − carrelli acquistati/carrelli iniziati), dei carrelli decisi nel periodo",
  "cta-engagement": "100·clic/visualizzazioni",
  "organic-search": "visite dalla ricerca",
  uptime: "100·controlli riusciti/controlli",
  "page-speed": "75° percentile dei tempi di caricamento; anche il 50°, il 90° e la media",
  "mobile-score": "media di 0–100",
  "social-mentions": "menzioni; sentiment netto = 100·(positive − negative)/menzioni",
  "share-price": "ultimo prezzo dell’ultimo giorno con una quotazione; variazione = ultimo − primo prezzo",
  "journey-funnel":
    "100·percorsi entrati nell’ultima fase/percorsi iniziati; tra le fasi 100·entrati nella fase e nella precedente/entrati nella precedente",
};
