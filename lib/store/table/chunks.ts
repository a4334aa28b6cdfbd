/** Cuts a list into parts of at most `size`. */
export function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/**
 * Cuts a sequence into parts as they are asked for; none is empty. What comes before an error is handed on first.
 * @param most how many a part has at most: where that changes, it is asked for each part
 * @param isLast whether a part ends with an item, however few it has
 */
export async function* chunksAsAsked<Item>(
  items: AsyncIterable<Item>,
  most: number | (() => number),
  isLast: (item: Item) => boolean = () => false,
): AsyncGenerator<Item[]> {
  const iterator = items[Symbol.asyncIterator]();
  let isOver = false;
  try {
    for (let failure: { readonly error: unknown } | undefined; !isOver; ) {
      const chunk: Item[] = [];
      const size = typeof most === "number" ? most : most();
      let isFull = false;
      while (chunk.length < size && !isFull && !isOver) {
        const next = await iterator.next().catch((error: unknown) => {
          failure = { error };
        });
        if (!next || next.done) isOver = true;
        else {
          chunk.push(next.value);
          isFull = isLast(next.value);
        }
      }
      if (chunk.length > 0) yield chunk;
      if (failure) throw failure.error;
    }
  } finally {
    if (!isOver) await iterator.return?.();
  }
}

/**
 * Does some things at the same time, and waits for all of them: those that were done have been noted when one fails.
 * @throws what the first one that failed throws
 */
export async function eachOf<One>(some: readonly One[], work: (one: One) => Promise<void>): Promise<void> {
  const tried = await Promise.allSettled(some.map(work));
  for (const one of tried) if (one.status === "rejected") throw one.reason;
}
