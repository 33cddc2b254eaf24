import type { EngineResult } from "./engine.ts";
/** The server that the emulator says it is. */
export declare const COMPONENT: {
    readonly name: "Neo4j Kernel";
    readonly versions: readonly ["5.27-aura"];
    readonly edition: "enterprise";
};
/** Answers a query about the server, or gives undefined for any other. */
export declare function answerSystemQuery(cypher: string, databases: readonly string[], address: string): EngineResult | undefined;
