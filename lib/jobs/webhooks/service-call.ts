import type { Outcome } from "./fate.ts";

/**
 * Makes a call of an AWS service that takes what is to be told. Never throws: why it was not taken is part of the outcome.
 * @param call resolves to the code of the refusal, or to nothing where it was taken
 */
export async function tryService(call: () => Promise<string | undefined>): Promise<Outcome> {
  const at = Date.now();
  const started = performance.now();
  const error = await call().catch((thrown: unknown) =>
    thrown instanceof Error ? thrown.name : "it could not be sent",
  );
  const milliseconds = Math.round(performance.now() - started);
  return { at, milliseconds, ...(error === undefined ? {} : { error }), isTaken: error === undefined };
}
