/** What is otherwise on one's own machine: the local cloud sets this variable, no deployment does. */

/** The variable by which the local cloud says that receivers may be on this machine. */
export const localVariable = "LOCAL_RECEIVERS";

/** Whether deliveries may go to this machine. */
export function runsLocally(): boolean {
  return process.env[localVariable] === "true";
}
