/**
 * What the Query API can answer instead of rows.
 *
 * @see https://neo4j.com/docs/query-api/current/query/
 * @module
 */

/**
 * The database refused a query, or what answered was no database. Network errors are not wrapped in it, but passed on as the
 * runtime throws them.
 */
export class QueryError extends Error {
  /** A Neo4j status code such as `Neo.ClientError.Statement.SyntaxError`, or `AURA_QUERY` for an answer that is not one. */
  readonly code: string;
  /** The HTTP status. */
  readonly status: number;

  constructor(code: string, message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.name = "QueryError";
    this.code = code;
    this.status = status;
  }
}
