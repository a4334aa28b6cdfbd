import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";

/**
 * Whether a conditional write of one item was done.
 * @returns false where the condition does not hold
 * @throws whatever else the write fails with
 */
export async function isWritten(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
