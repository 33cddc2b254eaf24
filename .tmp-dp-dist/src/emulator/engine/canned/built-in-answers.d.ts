import { type EngineResult } from "../engine.ts";
/** `CALL dbms.components() …`: the columns that are asked for, of the one component. */
export declare function answerComponents(body: string): EngineResult | undefined;
/** A MERGE or CREATE of one node with SETs behind it, and nothing to return: taken as done. */
export declare function answerHeartbeat(body: string): EngineResult | undefined;
/** `RETURN 1 AS one, $name AS name`: literals and parameters only. */
export declare function answerReturn(body: string, parameters: Readonly<Record<string, unknown>>): EngineResult | undefined;
