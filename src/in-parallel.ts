/**
 * Several things at once, but not all of them.
 *
 * @module
 */

/**
 * Acts on each item, on so many at once at most. After a failure nothing new is begun; what is under way is waited for, so that
 * nothing goes on once the caller has its answer.
 *
 * @throws what acting on an item failed with, the first of them
 */
export async function inParallel<Item>(
  items: readonly Item[],
  most: number,
  act: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  const left = items.entries();

  async function work(): Promise<void> {
    for (const [index, item] of left) {
      if (failures.length > 0) return;
      await act(item, index).catch((error: unknown) => failures.push(error));
    }
  }

  await Promise.all(Array.from({ length: Math.min(most, items.length) }, work));
  if (failures.length > 0) throw failures[0];
}
