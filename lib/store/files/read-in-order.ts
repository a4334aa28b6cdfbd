/**
 * Reads something for each of some items, several at the same time, and gives it in the order of the items. What fails is thrown when its turn comes.
 * @param concurrency at most so many at the same time
 */
export async function* readInOrder<Item, Result>(
  items: readonly Item[],
  read: (item: Item) => Promise<Result>,
  concurrency: number,
): AsyncGenerator<readonly [item: Item, result: Result]> {
  const begin = (item: Item) => {
    const reading = read(item);
    // Whoever comes to it sees the error: until then nobody waits for it.
    reading.catch(() => undefined);
    return reading;
  };
  const ahead = items.slice(0, concurrency).map(begin);
  for (const [index, item] of items.entries()) {
    const result = await (ahead.shift() as Promise<Result>);
    const next = items[index + concurrency];
    if (next !== undefined) ahead.push(begin(next));
    yield [item, result];
  }
}
