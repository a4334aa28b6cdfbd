import { createHash } from "node:crypto";
import { dayOf } from "../../domain/calendar/zones.ts";
import { defaultFiles, type Files } from "../../store/files/bucket.ts";
import { readOnce } from "../../store/table/read-once.ts";
import { SeenReads } from "../../store/table/seen-reads.ts";
import type { TextAnswer } from "./answer.ts";
import type { PageHandler, PageRequest } from "./page-endpoint.ts";
import { unitsUsed, withReadBudget } from "./read-budget.ts";

/**
 * Pages that this process has rendered. A page is shown again as long as everything that was read for it is as it was, to readers of the same
 * rights and language who ask for the same: looking that up costs the reads, but neither the computing nor the drawing.
 */

interface KeptPage {
  readonly answer: TextAnswer;
  readonly reads: SeenReads;
}

/** A page whose reads cost more is not kept: looking whether it is current would leave too little of the request's budget to render it anew. */
const maxUnits = 150;

/** Characters of all pages that are kept: some hundred overviews. */
const maxCharacters = 16_000_000;

/** By what was asked for, those that were shown last at the end. */
const kept = new Map<string, KeptPage>();
let characters = 0;

/** Shows a page as it was rendered before, where nothing has changed. */
export function keepRendered(show: PageHandler): PageHandler {
  return async (request) => {
    const key = keyOf(request);
    const known = kept.get(key);
    if (known && (await known.reads.areCurrent(request.table))) {
      keep(key, known);
      request.note({ rendered: false });
      return known.answer;
    }
    drop(key);
    const before = unitsUsed(request);
    const reads = new SeenReads();
    // Looking whether it is current has taken some of what the request may read, past its budget.
    const { table } = withReadBudget(request);
    const answer = await show({
      ...request,
      table: readOnce(reads.watch(table)),
      files: watchedFiles(reads),
    });
    const isCheap = unitsUsed(request) - before <= maxUnits;
    if (isCheap && reads.isWhole && answer.status === 200) keep(key, { answer, reads });
    return answer;
  };
}

/** Everything besides the table that a page follows from. */
function keyOf({ frame, hasComments, url, parameters, query, workspace }: PageRequest): string {
  const { language, ...rest } = frame;
  const today = dayOf(Date.now(), workspace.timeZone);
  const asked = [language.tag, rest, hasComments, url, parameters, query, today, workspace];
  return createHash("sha256").update(JSON.stringify(asked)).digest("base64");
}

/** The archive. What was read of it is not looked up again. */
function watchedFiles(reads: SeenReads): Files | undefined {
  const files = defaultFiles();
  if (!files) return undefined;
  const client = Object.create(files.client) as Files["client"];
  const send = files.client.send.bind(files.client) as (...request: unknown[]) => unknown;
  const watched = (...request: unknown[]) => {
    reads.giveUp();
    return send(...request);
  };
  return { ...files, client: Object.assign(client, { send: watched }) };
}

function keep(key: string, page: KeptPage): void {
  drop(key);
  kept.set(key, page);
  characters += page.answer.text.length;
  for (const oldest of kept.keys()) {
    if (characters <= maxCharacters) return;
    drop(oldest);
  }
}

function drop(key: string): void {
  characters -= kept.get(key)?.answer.text.length ?? 0;
  kept.delete(key);
}
