/**
 * The Bolt server of one instance.
 *
 * @module
 */
import type { Database } from "../database.ts";
import { type Listen } from "../door.ts";
import { type BoltLimits } from "./connection.ts";
/** What a Bolt server stands on. */
export interface BoltServerOptions {
    readonly database: Database;
    readonly limits?: BoltLimits | undefined;
}
/** Makes what listens for Bolt 5.1 to 5.4. */
export declare function boltListener(options: BoltServerOptions): Listen;
