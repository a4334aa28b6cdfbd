/** The permissions of a key. `admin` includes `read` and `ingest`; `read` and `ingest` include nothing else. */
export type Scope = "ingest" | "read" | "admin";
