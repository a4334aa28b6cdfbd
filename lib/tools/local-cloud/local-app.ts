import { fileURLToPath } from "node:url";
import { LocalCloudError } from "./errors.ts";
import type { CdkApp } from "./synthesis/synthesize.ts";

/** The app of the local cloud: a CDK app, and the items that have to be in its table before it can be used. */
export interface LocalApp extends CdkApp {
  /**
   * Prepares the table.
   * @returns the key with which to use the API; undefined where it takes none
   */
  prepare(options: PrepareOptions): Promise<{ readonly apiKey: string | undefined }>;
}

/** Where the table is. */
export interface PrepareOptions {
  /** The gateway in front of the engine. */
  readonly endpoint: string;
  readonly region: string;
  readonly tableName: string;
  /** The key to use; undefined: make one. */
  readonly apiKey: string | undefined;
}

export const product: LocalApp = {
  directory: fileURLToPath(new URL("../../..", import.meta.url)),
  entry: "bin/app.ts",
  sources: ["lib", "functions", "cdk.json", "package-lock.json", "tsconfig.json"],
  ignored: ["lib/tools"],
  // They can be looked at here whatever a deployment has.
  context: { dashboards: "both" },
  prepare: async ({ apiKey, ...table }) => {
    // Loaded here, as the AWS SDK takes its time: meanwhile the engine starts.
    const { ensureLocalWorkspace } = await import("../../store/settings/bootstrap.ts");
    try {
      return await ensureLocalWorkspace({ ...table, ...(apiKey === undefined ? {} : { apiKey }) });
    } catch (error) {
      if (error instanceof RangeError)
        throw new LocalCloudError(`The admin key cannot be used: ${error.message}`);
      if (error instanceof Error && "code" in error && error.code === "other-schema") {
        throw new LocalCloudError(`The data in this DATA_DIR cannot be used: ${error.message}`);
      }
      throw error;
    }
  },
};
