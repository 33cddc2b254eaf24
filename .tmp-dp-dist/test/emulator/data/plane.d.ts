/**
 * A data plane for a test, with its engine, and drivers that are closed with it.
 *
 * @module
 */
import { type Config, type Driver, type Session } from "neo4j-driver";
import { type DataPlane, type DataPlaneOptions } from "../../../src/emulator/data-plane.ts";
import type { Engine } from "../../../src/emulator/engine/engine.ts";
export declare const PASSWORD = "correct horse";
export interface TestPlane {
    readonly plane: DataPlane;
    readonly engine: Engine;
    readonly bolt: string;
    readonly http: string;
    driver(scheme?: "bolt" | "neo4j", config?: Config, password?: string): Driver;
}
/** Opens a plane, runs the work, and closes everything whatever comes of it. */
export declare function withPlane(work: (test: TestPlane) => Promise<void>, options?: Partial<DataPlaneOptions>): Promise<void>;
/** Numbers that look random and are the same in each run. */
export declare function seeded(seed: number): () => number;
/** Runs the work in a session and closes it. */
export declare function inSession<Value>(driver: Driver, work: (session: Session) => Promise<Value>, config?: Parameters<Driver["session"]>[0]): Promise<Value>;
/** The code of what a promise rejects with, or what it resolved to. */
export declare function codeOf(promise: Promise<unknown>): Promise<unknown>;
