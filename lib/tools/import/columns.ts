import { rejectColumns } from "./csv-form.ts";

/** A file's columns, and by which names they are found. */
export class Columns {
  readonly #names: readonly string[];
  /** The places of the columns that a file of rejects has from its data file: positions are those of that one. */
  readonly #own: readonly number[];
  /** The names of a column in further rows of the header, and all of its names together. */
  readonly #others: readonly (readonly string[])[];

  /**
   * @param header the first row of the header
   * @param subheaders its further rows
   */
  constructor(header: readonly string[], subheaders: readonly (readonly string[])[] = []) {
    this.#names = header;
    this.#own = header.flatMap((name, index) => (rejectColumns.includes(name) ? [] : [index]));
    let spanning = "";
    this.#others = header.map((name, index) => {
      // A name of several columns stands over the first of them.
      spanning = name || spanning;
      const lower = subheaders.map((row) => row[index] ?? "");
      const all = [spanning, ...lower].filter(Boolean);
      return subheaders.length > 0 ? [all.join(" / "), ...lower.filter(Boolean)] : [];
    });
  }

  /**
   * The place of a column, from 0: by its name in the first row of the header; `#3` is the third column, `Comment#2` the second one
   * of that name; or by its name in another row of the header, or its names in all of them (`Q1 / Response`).
   * @returns `several` where more than one column has that name
   */
  find(name: string): number | "several" | undefined {
    const named = this.#placesOf((own) => own === name);
    const [first] = named;
    if (first !== undefined) return named.length > 1 ? "several" : first;
    const position = /^#(\d+)$/.exec(name);
    if (position) return this.#own[Number(position[1]) - 1];
    const repeated = /^(.+)#(\d+)$/.exec(name);
    if (repeated) {
      const place = this.#placesOf((own) => own === repeated[1])[Number(repeated[2]) - 1];
      if (place !== undefined) return place;
    }
    const others = this.#others.flatMap((names, index) => (names.includes(name) ? index : []));
    return others.length > 1 ? "several" : others[0];
  }

  /** The columns as messages list them: those without a name by their position. */
  get list(): string {
    return this.#own.map((place, index) => this.#names[place] || `#${index + 1}`).join(", ");
  }

  /** How the columns of one name are told apart. */
  apart(name: string): string {
    const places = this.#placesOf((own) => own === name);
    const [second = 1] = places.slice(1);
    return `say {${name}#1}, {${name}#2} …, or by position {#${this.#own.indexOf(second) + 1}}`;
  }

  #placesOf(matches: (name: string) => boolean): number[] {
    return this.#names.flatMap((own, index) => (matches(own) ? index : []));
  }
}
