import { Structure } from "./structure.ts";
/**
 * Gives the structure of a value.
 *
 * @throws TypeError for an object that Bolt knows nothing like
 */
export declare function dehydrate(value: object): Structure;
/**
 * Gives the value of a structure that a client may send as a parameter.
 *
 * @throws PackStreamError for another structure, or fields that do not fit
 */
export declare function hydrate(tag: number, fields: readonly unknown[]): unknown;
