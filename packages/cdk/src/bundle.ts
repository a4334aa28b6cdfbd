import { fileURLToPath } from "node:url";

/** The functions as the package has them, in place of lib/infrastructure/bundle.ts: nothing is bundled in the app that uses it. */

const folder = fileURLToPath(new URL("./functions", import.meta.url));

/** Where functions are when nothing has to be bundled: each in its own folder too. */
export const functionsDirectory = folder;

/** The handler that Lambda is told. */
export const bundledHandler = "index.handler";

/** The folder of a function's bundle. */
export function bundleDirectory(name: string): string {
  return `${folder}/${name}`;
}

/** They are bundled already. */
export function bundleFunctions(_names: readonly string[]): void {}
