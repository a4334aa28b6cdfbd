import { NotArchivedYet, TooManyCustomers } from "../../../queries/customers/known-customers.ts";
import { HttpProblem } from "../../pipeline/problem.ts";

/**
 * Reads customers from the archive, and says what to do where it is behind.
 * @throws HttpProblem 409 then; 400 where there are too many customers
 */
export async function asArchiveProblem<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TooManyCustomers) {
      throw new HttpProblem(400, `${error.message}: the files of the archive have them all, day by day`);
    }
    if (!(error instanceof NotArchivedYet)) throw error;
    throw new HttpProblem(
      409,
      `${error.message}: the hourly run archives them, a thousand days at a time, and POST /v1/archive begins at once; GET /v1/archive says how far it has come`,
    );
  }
}
