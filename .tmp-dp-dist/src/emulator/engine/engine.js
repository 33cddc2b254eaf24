/**
 * The port between the wire protocols and whatever runs Cypher.
 *
 * @module
 */
/** A failure that travels to the client as Neo4j words it. */
export class EngineError extends Error {
    /** A Neo4j status code, such as `Neo.ClientError.Statement.SyntaxError`. */
    code;
    constructor(code, message, options) {
        super(message, options);
        this.name = "EngineError";
        this.code = code;
    }
}
