/** The names and descriptions of metrics in a language, by id. */
export type MetricTexts = Readonly<Record<string, MetricText>>;

/** A metric's name and description in a language. */
export interface MetricText {
  readonly name: string;
  /** One or two sentences for someone who reads the number for the first time. */
  readonly description: string;
  /** Its name in the convention that is shown apart, where it has one. */
  readonly apart?: string;
}
