/** What a key may do. `admin` includes `read` and `ingest`; `read` and `ingest` include nothing else. */
export type Scope = "ingest" | "read" | "admin";
