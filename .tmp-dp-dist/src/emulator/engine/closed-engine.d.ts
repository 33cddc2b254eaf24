/**
 * An engine that is never reached.
 *
 * @module
 */
import type { Engine } from "./engine.ts";
/** Makes the engine behind a database that always says that it is unavailable. */
export declare function closedEngine(): Engine;
