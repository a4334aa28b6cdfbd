import { setTimeout as wait } from "node:timers/promises";
import { startLocalCloud } from "../../../lib/tools/local-cloud/cloud.ts";

/**
 * A local cloud to be killed: its pauses are short, and its sweep runs all the time. Environment: `PORT`, `DATA_DIR`, `API_KEY`. Prints
 * `ready` when it is.
 */

const { PORT, DATA_DIR = "", API_KEY = "" } = process.env;

const cloud = await startLocalCloud({
  port: Number(PORT),
  dataDir: DATA_DIR,
  apiKey: API_KEY,
  runSchedules: false,
  redeliverySeconds: 1,
  variables: { WEBHOOK_PAUSES_DIVIDED_BY: "200", SETTINGS_REMEMBERED_MILLISECONDS: "0", ARCHIVE_BUCKET: "" },
});
process.stdout.write("ready\n");

for (;;) {
  await wait(500);
  // One that fails, on a machine that is busy, is made up for by the next.
  await cloud.invoke("sweep-deliveries", {}).catch(() => {});
}
