/**
 * The version of this package, as package.json and deno.json have it.
 *
 * @module
 */

/** The version of this package. */
export const VERSION: string = "0.1.0";
