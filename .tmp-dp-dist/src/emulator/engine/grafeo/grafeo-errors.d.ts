/**
 * Grafeo's failures as Neo4j words them.
 *
 * @module
 */
import { EngineError } from "../engine.ts";
/** Puts a failure of Grafeo into Neo4j's words; what already is in them passes. */
export declare function fromGrafeoError(error: unknown, complaint?: string): EngineError;
