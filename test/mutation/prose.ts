import type { Ignorer } from "@stryker-mutator/api/ignore";
import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

/**
 * What mutation testing leaves as it is: the texts that a metric says of itself. Other tests see that they are there and
 * stand in `docs/metrics.md`; one that repeats them would guard nothing. The id is left as well: a test looks for it in
 * the text of its file.
 */
const texts = ["id", "name", "description", "formula", "interval", "notes", "references"];

/** Of a place in a syntax tree, what is needed to recognise a text. */
interface Place {
  readonly node: {
    readonly type: string;
    readonly key?: { readonly name?: string };
    readonly callee?: { readonly name?: string };
  };
  readonly parentPath: Place | null;
}

/** Whether a place is a property, by one of the names, of what `defineMetric` is given. */
function isText({ node, parentPath: object }: Place): boolean {
  return (
    node.type === "ObjectProperty" &&
    texts.includes(node.key?.name ?? "") &&
    object?.parentPath?.node.callee?.name === "defineMetric"
  );
}

const prose: Ignorer = {
  shouldIgnore: (place: Place) => (isText(place) ? "a text of the catalogue" : undefined),
};

/** What StrykerJS loads. */
export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, "prose", prose)];
