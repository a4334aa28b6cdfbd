/** Remarks for readers. Their texts, in all languages, are in `lib/domain/language/texts`. */

/** Which remarks there are. */
type RemarkId =
  | "remark.askedOnOneToTen"
  | "remark.clicksBeyondViews"
  | "remark.effortOnFive"
  | "remark.correctionsLeftOut"
  | "remark.groupsLeftOut"
  | "remark.inSegmentOfCustomer"
  | "remark.intentsTogether"
  | "remark.judgedTogether"
  | "remark.mentionSpikes"
  | "remark.netChurnByReason"
  | "remark.noRatio"
  | "remark.notPredicted"
  | "remark.onlyTracked"
  | "remark.otherCurrencies"
  | "remark.otherScale"
  | "remark.otherValues"
  | "remark.severalSymbols"
  | "remark.tooFewCustomers"
  | "remark.trackedSince"
  | "remark.unsaidInTime";

/** A remark, and what stands in it. */
export interface Remark {
  readonly id: RemarkId;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** Says that there are answers on another scale, where there are some. */
export function otherScale(scale: string, answers: number): Remark[] {
  return answers > 0 ? [{ id: "remark.otherScale", values: { scale, answers } }] : [];
}
