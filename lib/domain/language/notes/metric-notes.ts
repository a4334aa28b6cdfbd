/** What to know of metrics, in a language other than English: by metric id, in the order of the metric's own `notes`. */
export type MetricNotes = Readonly<Record<string, readonly string[]>>;
