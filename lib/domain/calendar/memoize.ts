/**
 * A function that remembers what it found.
 * @param most so many answers are kept at most: with one more all others are forgotten, so that whoever asks for ever new ones cannot fill the memory
 * @param find what is asked where it is not remembered; what it throws is thrown on, and asked again
 */
export function memoize<Key, Found extends {}>(most: number, find: (key: Key) => Found): (key: Key) => Found {
  const known = new Map<Key, Found>();
  return (key) => {
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const found = find(key);
    if (known.size >= most) known.clear();
    known.set(key, found);
    return found;
  };
}
