/** Turns a value into its typed form. */
export declare function toTyped(value: unknown): unknown;
/**
 * Reads a value from its typed form.
 *
 * @throws TypeError when it is none
 */
export declare function fromTyped(json: unknown): unknown;
