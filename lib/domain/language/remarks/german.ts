import type { RemarkTexts } from "./english.ts";

/** Remarks on values, why goals cannot be judged, and what is wrong with what was asked for, in German. */
export const germanRemarks: RemarkTexts = {
  "remark.askedOnOneToTen": "Auf 1–10 gefragt: nicht vergleichbar mit einem Wert auf 0–10.",
  "remark.clicksBeyondViews":
    "Es gibt mehr Klicks als Ansichten: Ansichten fehlen, oder Klicks sind doppelt.",
  "remark.correctionsLeftOut":
    "Welche Tage berichtigt wurden, fehlt: Die Zahlen haben aufgebraucht, was eine Antwort lesen darf.",
  "remark.effortOnFive": "Aufwand auf 1–5: niedriger ist besser.",
  "remark.groupsLeftOut":
    "Ihre Gruppen fehlen: Sie werden aus allen Tagen seit dem Anfang gezählt, und die aller Gruppen sind mehr, als eine Antwort lesen darf. Fragen Sie nach einzelnen Werten.",
  "remark.inSegmentOfCustomer":
    "Bestellungen und Umsatz zählen im Segment ihres Kunden, in dem er gewonnen wurde; ein Kauf ohne Kunden in den Segmenten, die er selbst nennt.",
  "remark.intentsTogether":
    "{answers, plural, one {# Antwort zählt} other {# Antworten zählen}} als {name}: Es gibt mehr Absichten, als einzeln gezählt werden, und diese kamen später.",
  "remark.judgedTogether":
    "{tested} Vergleiche werden gemeinsam beurteilt (Benjamini & Hochberg 1995): Von denen, die als Änderung gelten, sind höchstens 1 % als Zufall zu erwarten.",
  "remark.mentionSpikes": "Tage mit weit mehr Nennungen als üblich, die höchsten zuerst: {days}.",
  "remark.netChurnByReason":
    "Die Netto-Abwanderung ist die aller, die kommen und gehen: Sie wird nicht nach Gründen getrennt.",
  "remark.noRatio":
    "Das Verhältnis von Kundenwert zu Kosten fehlt: {reason, select, noCustomers {Es gibt keine neuen Kunden} nothingSpent {Es wurde nichts ausgegeben} other {Ohne Bestellungen, Kunden und Abwanderung gibt es keinen Kundenwert}}.",
  "remark.noGroups":
    "Kein Kunde hat einen Wert von {dimension}: Alle stehen in der Gruppe (none). Kunden haben die Dimensionen dessen, womit sie gewonnen wurden.",
  "remark.notPredicted":
    "Es gibt keine Vorhersage: {why, select, tooFewRepeats {{count} Kunden haben mehr als einmal gekauft, und das Modell braucht 100} tooFewSpenders {{count} Kunden haben in wiederholten Käufen etwas ausgegeben, und das Modell braucht 100} allNew {alle Kunden sind neu} buyingUnknown {die Käufe sagen nicht, wie Kunden gehen} spendingUnknown {die Beträge sagen nicht, wie sich Kunden unterscheiden} noMeanAmount {die Beträge schwanken zwischen Kunden so sehr, dass kein Mittel bekannt ist} tooFewLost {{count} Kunden sind gegangen, und das Modell braucht 30} leavingUnknown {Kunden unterscheiden sich zu wenig darin, wie sie gehen} other {was die Modelle erwarten, ist keine endliche Zahl}}.",
  "remark.onlyTracked":
    "Nach {dimension} ist nichts vorhergesagt: Vorhersagen werden nach je einer verfolgten Dimension summiert.",
  "remark.otherCurrencies":
    "{what, select, orders {Bestellungen} prices {Kurse} purchases {Käufe und Erstattungen} subscriptions {Abonnements} other {Ausgaben}} in {currencies} sind in diesem Wert nicht enthalten: Fragen Sie nach currency={first}.",
  "remark.otherScale":
    "{answers, plural, one {# Antwort} other {# Antworten}} auf der Skala {scale} sind in diesem Wert nicht enthalten: Wählen Sie die Konvention {scale}.",
  "remark.otherValues":
    "{dimension} hat mehr als {most} Werte: Die {which, select, later {später kamen} other {am seltensten sind}}, zählen als {other}.",
  "remark.severalSymbols":
    "Es wurden mehrere Wertpapiere notiert: Wählen Sie eines mit filter.symbol= oder stellen Sie sie mit groupBy=symbol nebeneinander.",
  "remark.tooFewCustomers":
    "Für ihre Unterschiede sind es zu wenige Kunden: Kein Intervall ist verlässlich, wie viele Bestellungen oder Antworten es auch sind.",
  "remark.trackedSince":
    "{dimension} wird seit {since} verfolgt: Was vorher aufgezeichnet wurde, steht in keinem Segment davon.",
  "remark.unsaidInTime":
    "{unsaid, plural, one {# erledigter Versuch sagt} other {# erledigte Versuche sagen}} nicht, ob es rechtzeitig war: Sie zählen nicht als rechtzeitig.",
  "goal.noMetric": "Die Kennzahl {metric} gibt es nicht mehr.",
  "goal.tooDear":
    "Zu viele Ereignisse müssten neu gezählt werden: Wählen Sie ein kürzeres Fenster, oder verfolgen Sie die Dimension im Arbeitsbereich.",
  "goal.noValue":
    "Der Wert lässt sich nicht beurteilen: {problem, select, none {von {from} bis {to} gibt es nichts, woraus {metric} zu messen wäre} other {von {from} bis {to} ist die Stichprobe {n}, und {needed} werden gebraucht}}.",
  "goal.noBase":
    "Das Ziel folgt aus einem Ausgangswert, der nicht bekannt ist: {problem, select, none {von {from} bis {to} gibt es nichts, woraus {metric} zu messen wäre} other {von {from} bis {to} ist die Stichprobe {n}, und {needed} werden gebraucht}}.",
  "goal.noLine":
    "Die Linie zum Ziel beginnt bei einem Ausgangswert, der nicht bekannt ist: {problem, select, none {von {from} bis {to} gibt es nichts, woraus {metric} zu messen wäre} other {von {from} bis {to} ist die Stichprobe {n}, und {needed} werden gebraucht}}.",
  "goal.baseIsZero":
    "Der Ausgangswert ist 0: Davon gibt es keine Änderung in Prozent. Setzen Sie stattdessen einen Wert oder eine Änderung.",
  "goal.beyondRange":
    "Das Ziel käme auf {target}, und {metric} liegt {range, select, between {zwischen {min} und {max}} atLeast {bei mindestens {min}} other {bei höchstens {max}}}. Setzen Sie ein anderes.",
  "error.parameters": "Mit diesen Angaben geht es nicht:",
  "error.fields": "Mit diesen Angaben geht es nicht:",
  "error.noDay": "muss ein Tag sein, den es gibt: JJJJ-MM-TT",
  "error.notBefore": "darf nicht vor {least} liegen",
  "error.notAfter": "darf nicht nach {most} liegen",
  "error.after": "muss nach {least} liegen, dem letzten Tag der Ausgangstage",
  "error.endsBefore": "darf nicht vor dem ersten Tag liegen",
  "error.notAfterToday": "darf nicht nach heute liegen",
  "error.between": "muss von {least} bis {most} reichen",
  "error.link": "muss eine Adresse sein, die mit https:// oder http:// beginnt",
  "error.oneOfOrDay": "muss eines davon sein: {values}, oder ein Tag, den es gibt: JJJJ-MM-TT",
  "error.oneOf": "muss eines davon sein: {values}",
  "error.unknownField": "ist unbekannt",
  "error.missing": "fehlt: {rest}",
  "error.tooLong": "darf höchstens {most} Zeichen haben",
  "error.atLeast": "muss mindestens {least} sein",
  "error.atMost": "darf höchstens {most} sein",
  "error.number": "muss eine Zahl sein",
  "error.wholeNumber": "muss eine ganze Zahl sein",
  "error.givenOnce": "darf nur einmal vorkommen",
  "error.nothingHere": "Hier gibt es nichts.",
  "error.noSuchMetric": "Eine Kennzahl mit diesem Namen gibt es nicht.",
  "error.noSuchGoal": "Ein Ziel mit dieser Kennung gibt es nicht.",
  "error.noSuchAnnotation": "Eine Notiz mit dieser Kennung gibt es nicht.",
  "error.secureLink": "muss eine Adresse sein, die mit https:// beginnt",
  "error.noUserInAddress": "darf keinen Benutzernamen und kein Passwort enthalten",
  "error.noFragment": "darf keinen Teil nach # haben",
  "error.publicAddress": "muss eine Adresse im öffentlichen Internet sein",
  "error.noSuchWebhook": "Einen Webhook mit dieser Kennung gibt es nicht.",
  "error.noSuchAlert": "Eine Warnung mit dieser Kennung gibt es nicht.",
  "error.noSuchDelivery": "Eine Zustellung mit dieser Kennung gibt es nicht.",
  "error.tooManyWebhooks":
    "Ein Arbeitsbereich hat höchstens {most} Webhooks: Löschen Sie einen, den niemand braucht.",
  "error.tooManyAlerts": "Ein Arbeitsbereich hat höchstens {most} Warnungen: Löschen Sie eine.",
  "error.needsAdmin": "Dafür braucht es einen Schlüssel mit dem Recht „admin“.",
  "error.signInAsAdmin":
    "Dafür braucht es einen Schlüssel mit dem Recht „admin“: Melden Sie sich mit einem an.",
  "error.ownPage": "Dieses Formular kann nur von der eigenen Seite gesendet werden.",
  "error.tooManyTries": "Zu viele Versuche: In {seconds} Sekunden geht es wieder.",
  "error.usedUp": "Dieser Schlüssel hat verbraucht, was er darf; es wurde nichts getan.",
  "error.failed": "Hier ist etwas schiefgegangen; dasselbe noch einmal zu versuchen schadet nicht.",
  "benchmark.usabilityTests": "etwa 1.200 Usability-Tests, im Mittel",
  "benchmark.surveys": "Umfragen bei Menschen außerhalb des Unternehmens",
  "benchmark.largeSaas": "große SaaS-Unternehmen, im Jahr",
  "benchmark.smallSaas": "kleine SaaS-Unternehmen, im Monat",
  "benchmark.engaged": "Geschäftskunden, die voll engagiert sind",
  "benchmark.touchpoints": "Verbraucher, je Artikel, im Mittel",
  "benchmark.complaining": "unzufriedene Kunden, die sich beschweren (1 von 26)",
};
