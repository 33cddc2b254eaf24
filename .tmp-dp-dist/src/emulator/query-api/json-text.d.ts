/**
 * JSON that keeps integers and floats apart: `1` and `1.0`, and all 64 bits of an integer.
 *
 * @module
 */
/**
 * Reads JSON: whole numbers become bigint, the others number.
 *
 * Where the runtime does not show a number's own text, 1.0 cannot be told from 1 and is read as an integer.
 *
 * @throws SyntaxError
 */
export declare function parseJson(text: string): unknown;
/** Writes JSON: a bigint as its digits, a number with its point, `undefined` entries left out. */
export declare function writeJson(value: unknown): string;
/** A float as text: never without a point or an exponent, so that nobody takes it for an integer. */
export declare function floatText(value: number): string;
