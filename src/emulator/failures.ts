/**
 * Operations that are to go wrong: ordered beforehand, or while they are under way.
 *
 * @module
 */

/** What can be made to fail. A snapshot then ends as `Failed`, all others leave the instance in `loading failed`. */
export type FailingOperation = "create" | "resume" | "restore" | "overwrite" | "snapshot";

interface Order {
  readonly operation: FailingOperation;
  /** Undefined for whichever comes first. */
  readonly id: string | undefined;
}

/** The ordered failures, each for one operation. */
export class Failures {
  readonly #orders: Order[] = [];

  order(operation: FailingOperation, id?: string): void {
    this.#orders.push({ operation, id });
  }

  /** Asked when an operation is about to end well; a yes uses the order up. */
  take(operation: FailingOperation, id: string): boolean {
    const found = this.#orders.findIndex((order) =>
      order.operation === operation && (order.id === undefined || order.id === id)
    );
    if (found < 0) return false;
    this.#orders.splice(found, 1);
    return true;
  }
}
