import type { ArrowType } from "./arrow-types.ts";
/** Reads one value; the type decides what the value alone leaves open. */
export declare function fromGrafeo(value: unknown, type: ArrowType | undefined): unknown;
