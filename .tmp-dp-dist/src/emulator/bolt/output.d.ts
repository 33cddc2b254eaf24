/**
 * What a session needs of the connection it talks over.
 *
 * @module
 */
import type { Structure } from "./structure.ts";
/** The way back to the client. */
export interface BoltOutput {
    send(message: Structure): void;
    /** Resolves when there is room for more; undefined when there is. */
    drained(): Promise<void> | undefined;
    /** Sends what there is, then closes. */
    end(): void;
}
