import type { Engine } from "../engine.ts";
/** How a Grafeo engine is made. */
export interface GrafeoEngineOptions {
    /**
     * A file to keep the data in.
     *
     * @default in memory
     */
    readonly path?: string | undefined;
    /**
     * How long a transaction waits for another one that writes, in milliseconds.
     *
     * @default 10,000 ms
     */
    readonly lockTimeoutMs?: number | undefined;
}
/**
 * Makes an engine that runs Cypher on Grafeo.
 *
 * @throws Error from its first use, when the optional package `@grafeo-db/js` is not there
 */
export declare function grafeoEngine(options?: GrafeoEngineOptions): Engine;
/** Whether the package is there, and has a build for this machine. */
export declare function isGrafeoAvailable(): Promise<boolean>;
