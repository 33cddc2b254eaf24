/** Grafeo has no points: one is kept as a map with this key alone, and read back as a point. */
export declare const POINT_KEY = "__point";
/** A query and its parameters as Grafeo takes them. */
export interface BoundQuery {
    readonly cypher: string;
    readonly parameters: Record<string, unknown>;
}
/**
 * Puts parameters into a query.
 *
 * @throws EngineError `Neo.ClientError.Statement.ParameterMissing`
 */
export declare function bindParameters(cypher: string, parameters: Readonly<Record<string, unknown>>): BoundQuery;
