/**
 * SHOW INDEXES and SHOW CONSTRAINTS with Neo4j's columns.
 *
 * @module
 */
import type { GrafeoDB, Transaction } from "@grafeo-db/js";
import type { EngineResult } from "../engine.ts";
/** Answers a SHOW of the schema, or gives undefined for any other query. */
export declare function showSchema(cypher: string, target: GrafeoDB | Transaction): Promise<EngineResult | undefined>;
