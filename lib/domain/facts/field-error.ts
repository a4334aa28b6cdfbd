/** One thing that is wrong, and where: an RFC 6901 pointer into the fact. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}
