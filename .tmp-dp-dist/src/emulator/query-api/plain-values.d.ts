import { GraphPath, PointValue } from "../engine/values.ts";
/** Turns a value into what `writeJson` writes. */
export declare function toPlain(value: unknown): unknown;
/** A path as the Query API shows it: node, relationship, node, and so on. */
export declare function alternate(path: GraphPath): unknown[];
/** A point as well-known text. */
export declare function pointText(point: PointValue): string;
/** Bytes as text. */
export declare function toBase64(bytes: Uint8Array): string;
