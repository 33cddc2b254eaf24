/**
 * How an instance is called in sentences.
 *
 * @module
 */

/** `orders (a1b2c3d4)` */
export function instanceLabel(
  { id, name }: { readonly id: string; readonly name: string },
): string {
  return `${name} (${id})`;
}
