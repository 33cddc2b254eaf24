import type { Engine } from "./engine.ts";
/** Makes a Grafeo engine where the optional package is there, else a canned one. */
export declare function defaultEngine(): Promise<Engine>;
