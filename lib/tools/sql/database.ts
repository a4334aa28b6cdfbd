import type { DuckDBConnection } from "@duckdb/node-api";
import { viewStatements } from "./views.ts";

/** DuckDB over the archive. */

/** The result of a query. */
export interface SqlAnswer {
  readonly columns: readonly string[];
  /** Values as they are printed; empty for none. */
  readonly rows: readonly (readonly string[])[];
}

/** Runs queries on the archive's tables. */
export class SqlDatabase {
  readonly #connection: DuckDBConnection;
  readonly #close: () => void;

  private constructor(connection: DuckDBConnection, close: () => void) {
    this.#connection = connection;
    this.#close = close;
  }

  /** Opens the files of a folder, read only. */
  static async open(bucket: string): Promise<SqlDatabase> {
    // Loaded here, as it is a large library that only this program needs.
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    for (const statement of viewStatements(bucket)) await connection.run(statement);
    return new SqlDatabase(connection, () => {
      connection.closeSync();
      instance.closeSync();
    });
  }

  /** @throws Error when the query is wrong, with what DuckDB says of it */
  async ask(query: string): Promise<SqlAnswer> {
    const reader = await this.#connection.runAndReadAll(query);
    const rows = reader.getRowsJson().map((row) => row.map(textOf));
    return { columns: reader.columnNames(), rows };
  }

  close(): void {
    this.#close();
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
