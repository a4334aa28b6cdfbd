/** Remarks on values, why goals cannot be judged, and what is wrong with what was asked for, in English: as the API says them. */
export const englishRemarks = {
  "remark.askedOnOneToTen": "Asked on 1–10: not comparable with a score asked on 0–10.",
  "remark.clicksBeyondViews": "There are more clicks than views: views are missing, or clicks are repeated.",
  "remark.correctionsLeftOut":
    "Which days were corrected is left out: the figures took what one answer may read.",
  "remark.effortOnFive": "Effort on 1–5: lower is better.",
  "remark.groupsLeftOut":
    "Its groups are left out: they are counted from all days since the beginning, and those of all groups are more than one answer may read. Ask for single values.",
  "remark.inSegmentOfCustomer":
    "Orders and revenue count in the segment of their customer, in which it was won; a purchase without a customer in the segments that it names itself.",
  "remark.intentsTogether":
    "{answers, plural, one {# answer counts} other {# answers count}} as {name}: the workspace has more intents than are counted by name, and these came later.",
  "remark.judgedTogether":
    "{tested} comparisons are judged together (Benjamini & Hochberg 1995): of those that are called a change, at most 1 % are expected to be chance.",
  "remark.mentionSpikes": "Days with far more mentions than usual, the highest first: {days}.",
  "remark.netChurnByReason": "Net churn is of all who come and go: it is not told apart by reason.",
  "remark.noRatio":
    "lifetimeValueToCost is null: {reason, select, noCustomers {there are no new customers} nothingSpent {nothing was spent} other {there is no customer lifetime value without orders, customers and churn}}.",
  "remark.noGroups":
    "No customer has a value of {dimension}: all are in the group (none). Customers have the dimensions of the fact with which they were won.",
  "remark.notPredicted":
    "There is no prediction: {why, select, tooFewRepeats {{count} customers have bought more than once, and the model needs 100} tooFewSpenders {{count} customers have spent anything in repeated purchases, and the model needs 100} allNew {all customers are new} buyingUnknown {the purchases do not say how customers leave} spendingUnknown {the amounts do not say how customers differ} noMeanAmount {amounts vary so much between customers that they have no mean that is known} tooFewLost {{count} customers have left, and the model needs 30} leavingUnknown {customers do not differ enough in how they leave} other {what the models expect is no finite number}}.",
  "remark.onlyTracked":
    "By {dimension} nothing is predicted: predictions are summed up by one tracked dimension at a time.",
  "remark.otherCurrencies":
    "{what, select, orders {Orders} prices {Prices} purchases {Purchases and refunds} subscriptions {Subscriptions} other {Amounts spent}} in {currencies} are not in this value: ask for currency={first}.",
  "remark.otherScale":
    "{answers} answers on the scale {scale} are not in this value: ask for convention={scale}.",
  "remark.otherValues":
    "{dimension} has more than {most} values: those {which, select, later {that came later} other {that are the rarest}} count as {other}.",
  "remark.severalSymbols": "Several symbols were quoted: ask for filter.symbol= or groupBy=symbol.",
  "remark.tooFewCustomers":
    "There are too few customers for how much they differ: no interval can be relied on, however many orders or answers there are.",
  "remark.trackedSince":
    "{dimension} is tracked since {since}: facts recorded before are in no segment of it.",
  "remark.unsaidInTime":
    "{unsaid} of the completed attempts do not say whether they were in time: they are not counted as in time.",

  "goal.noMetric": "There is no metric {metric} any more.",
  "goal.tooDear":
    "Too many facts would have to be counted again: choose a shorter window, or track the dimension in the workspace.",
  "goal.noValue":
    "The value cannot be judged: {problem, select, none {{from} to {to} has no data to measure {metric} from} other {{from} to {to} has a sample of {n}, and {needed} are needed}}.",
  "goal.noBase":
    "The target follows from a base that is not known: {problem, select, none {{from} to {to} has no data to measure {metric} from} other {{from} to {to} has a sample of {n}, and {needed} are needed}}.",
  "goal.noLine":
    "The line to the target begins with a base that is not known: {problem, select, none {{from} to {to} has no data to measure {metric} from} other {{from} to {to} has a sample of {n}, and {needed} are needed}}.",
  "goal.baseIsZero": "The base is 0: a change in per cent of it is none. Set a value or a change instead.",
  "goal.beyondRange":
    "The target comes to {target}, and {metric} is {range, select, between {from {min} to {max}} atLeast {{min} at least} other {{max} at most}}. Set another one.",

  "error.parameters": "the parameters are invalid",
  "error.fields": "the body is invalid",
  "error.noDay": "must be a day that exists, YYYY-MM-DD",
  "error.notBefore": "must not be before {least}",
  "error.notAfter": "must not be after {most}",
  "error.after": "must be after {least}, the last day of the base",
  "error.endsBefore": "must not be before from",
  "error.notAfterToday": "must not be after today",
  "error.between": "must be from {least} to {most}",
  "error.link": "must be an address that begins with https:// or http://",
  "error.oneOfOrDay": "must be one of {values}, or a day that exists, YYYY-MM-DD",
  "error.oneOf": "must be one of {values}",
  "error.unknownField": "is not a known field",
  "error.missing": "is missing: {rest}",
  "error.tooLong": "must have at most {most} characters",
  "error.atLeast": "must be at least {least}",
  "error.atMost": "must be at most {most}",
  "error.number": "must be a number",
  "error.wholeNumber": "must be a whole number",
  "error.givenOnce": "must be given once",
  "error.nothingHere": "there is nothing here",
  "error.noSuchMetric": "there is no metric with this name",
  "error.noSuchGoal": "there is no goal with this id",
  "error.noSuchAnnotation": "there is no annotation with this id",
  "error.secureLink": "must be an address that begins with https://",
  "error.noUserInAddress": "must not have a user name or a password",
  "error.noFragment": "must not have a fragment",
  "error.publicAddress": "must be an address of the public internet",
  "error.noSuchWebhook": "there is no webhook with this id",
  "error.noSuchAlert": "there is no alert with this id",
  "error.noSuchDelivery": "there is no delivery with this id",
  "error.tooManyWebhooks": "a workspace has at most {most} webhooks: delete one that is not used",
  "error.tooManyAlerts": "a workspace has at most {most} alerts: delete one",
  "error.needsAdmin": "this needs a key with the scope admin",
  "error.signInAsAdmin": "this needs a key with the scope admin: sign in with one",
  "error.ownPage": "this form can only be sent from this site's own page",
  "error.tooManyTries": "too many tries: try again in {seconds} seconds",
  "error.usedUp": "this key has used as much of the service as it may; nothing was done",
  "error.failed": "something went wrong here; sending the same request again is safe",

  "benchmark.usabilityTests": "about 1,200 usability tests, their mean",
  "benchmark.surveys": "surveys of people outside the business",
  "benchmark.largeSaas": "large SaaS businesses, a year",
  "benchmark.smallSaas": "small SaaS businesses, a month",
  "benchmark.engaged": "B2B customers who are fully engaged",
  "benchmark.touchpoints": "consumers, for an item, on average",
  "benchmark.complaining": "unhappy customers who complain (1 in 26)",
} as const;

/** The name of one of these texts. */
export type RemarkTextId = keyof typeof englishRemarks;

/** The same texts in another language: all of them, or it does not compile. */
export type RemarkTexts = Readonly<Record<RemarkTextId, string>>;
