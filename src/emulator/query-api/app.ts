/**
 * The Query API of one instance.
 *
 * @see {@link https://neo4j.com/docs/query-api/current/ | Query API}
 * @module
 */
import { type Context, Hono } from "hono";
import type { Database } from "../database.ts";
import { EngineError, type EngineResult } from "../engine/engine.ts";
import { COMPONENT } from "../engine/system-queries.ts";
import { checkAuthorization } from "./authorization.ts";
import { writeJson } from "./json-text.ts";
import { type OpenTransaction, OpenTransactions } from "./open-transactions.ts";
import { isTypedJson, type QueryRequest, readQueryRequest } from "./request-body.ts";
import { bodyOfError, bodyOfResult, statusOf } from "./response-body.ts";

/** How long a transaction stays open with nobody coming for it. */
const TRANSACTION_IDLE_MS = 30_000;

const QUERY = "/db/:db/query/v2";
const TRANSACTIONS = `${QUERY}/tx` as const;
const TRANSACTION = `${TRANSACTIONS}/:id` as const;
const COMMIT = `${TRANSACTION}/commit` as const;

/** The paths that answer. */
export const QUERY_API_PATHS: readonly string[] = ["/", QUERY, TRANSACTIONS, TRANSACTION, COMMIT];

/** The Query API as a fetch handler, and a way to end what is open. */
export interface QueryApi {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Rolls back every open transaction. */
  end(): Promise<void>;
}

/** Makes the Query API on a database. */
export function createQueryApi(database: Database): QueryApi {
  const transactions = new OpenTransactions(database, TRANSACTION_IDLE_MS);
  const app = new Hono();
  app.onError((error) => answer(statusOf(error), bodyOfError(error)));
  app.notFound(() => answer(404, { errors: [] }));
  app.get("/", (c) => answer(200, discovery(database, new URL(c.req.url).host)));
  app.use("/db/*", async (c, next) => {
    checkAuthorization(database, c.req.header("authorization"));
    await next();
  });
  // The older HTTP API has other paths, and Aura does not serve it.
  app.all("/db/:db/tx/*", () => answer(403, { errors: [legacyApi()] }));
  app.all("/db/:db/tx", () => answer(403, { errors: [legacyApi()] }));

  app.post(QUERY, async (c) => {
    database.resolve(c.req.param("db"));
    const query = await read(c);
    if (query.statement === "") throw invalid("statement is missing");
    const result = await run(() => database.runAlone(engineQuery(query)));
    return respond(c, query, result, { bookmarks: [database.bookmark()] });
  });
  app.post(TRANSACTIONS, async (c) => {
    const name = database.resolve(c.req.param("db"));
    const query = await read(c);
    const open = await transactions.begin(name, query.access);
    return await runIn(c, open, query);
  });
  app.post(TRANSACTION, async (c) => {
    const open = find(c);
    return await runIn(c, open, await read(c));
  });
  app.post(COMMIT, async (c) => {
    const open = find(c);
    const query = await read(c);
    const result = await statementIn(open, query);
    if (!(result instanceof Failure)) {
      const committed = await run(() => transactions.commit(open));
      if (committed instanceof Failure) return respond(c, query, committed, {});
    }
    return respond(c, query, result, { bookmarks: [database.bookmark()] });
  });
  app.delete(TRANSACTION, async (c) => {
    await transactions.rollback(find(c));
    return answer(200, {});
  });

  function find(c: Context): OpenTransaction {
    const name = database.resolve(c.req.param("db"));
    return transactions.find(c.req.param("id") ?? "", name);
  }

  async function runIn(c: Context, open: OpenTransaction, query: QueryRequest): Promise<Response> {
    const result = await statementIn(open, query);
    return respond(c, query, result, {
      transaction: { id: open.id, expires: new Date(open.expiresAt).toISOString() },
    });
  }

  /** Runs a statement, if there is one, in a transaction that a failure ends. */
  async function statementIn(
    open: OpenTransaction,
    query: QueryRequest,
  ): Promise<EngineResult | Failure | undefined> {
    if (query.statement === "") return undefined;
    const result = await run(() =>
      database.run(open.transaction, { ...engineQuery(query), access: open.access })
    );
    if (result instanceof Failure) await transactions.rollback(open);
    return result;
  }

  return {
    fetch: (request) => app.fetch(request),
    end: () => transactions.rollbackAll(),
  };
}

/** A statement that went wrong: the request itself was accepted. */
class Failure {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

async function run<Value>(work: () => Promise<Value>): Promise<Value | Failure> {
  try {
    return await work();
  } catch (error) {
    return new Failure(error);
  }
}

async function read(c: Context): Promise<QueryRequest> {
  return readQueryRequest(await c.req.text(), c.req.header("content-type"));
}

function engineQuery(query: QueryRequest): Parameters<Database["runAlone"]>[0] {
  return { cypher: query.statement, parameters: query.parameters, access: query.access };
}

function respond(
  c: Context,
  query: QueryRequest,
  result: EngineResult | Failure | undefined,
  extra: Readonly<Record<string, unknown>>,
): Response {
  if (result instanceof Failure) return answer(202, bodyOfError(result.error));
  const isTyped = isTypedJson(c.req.header("accept"));
  const mediaType = isTyped ? "application/vnd.neo4j.query" : "application/json";
  const body = result === undefined ? {} : bodyOfResult(result, { isTyped, ...query });
  return answer(202, { ...body, ...extra }, mediaType);
}

function answer(status: number, body: unknown, mediaType = "application/json"): Response {
  const headers: Record<string, string> = { "content-type": mediaType };
  if (status === 401) headers["www-authenticate"] = 'Basic realm="Neo4j", charset="UTF-8"';
  return new Response(writeJson(body), { status, headers });
}

function discovery(database: Database, host: string): Record<string, string> {
  return {
    bolt_routing: `neo4j://${database.advertised}`,
    bolt_direct: `bolt://${database.advertised}`,
    query: `http://${host}/db/{databaseName}/query/v2`,
    neo4j_version: COMPONENT.versions[0],
    neo4j_edition: COMPONENT.edition,
  };
}

function legacyApi(): { code: string; message: string } {
  return {
    code: "Neo.ClientError.Security.Forbidden",
    message: "The HTTP API is not available on Aura. Use the Query API.",
  };
}

function invalid(message: string): EngineError {
  return new EngineError("Neo.ClientError.Request.Invalid", message);
}
