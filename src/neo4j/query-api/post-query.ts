/**
 * One query, one request, one transaction on the server's side.
 *
 * @see https://neo4j.com/docs/query-api/current/query/
 * @module
 */
import type { ConnectOptions } from "../connect-options.ts";
import type { Parameters, Row } from "../connection.ts";
import { systemClock } from "../../system-clock.ts";
import { queryUrl } from "./address.ts";
import { QueryError } from "./query-error.ts";
import { decode, encode, mapValues, TYPED_JSON } from "./typed-json.ts";

/** Posts a query and gives its rows. */
export type PostQuery = (
  accessMode: "Read" | "Write",
  cypher: string,
  parameters: Parameters | undefined,
  signal: AbortSignal | undefined,
  /** @default the connection's queryTimeoutMs */
  limitMs?: number,
) => Promise<Row[]>;

/** After so long a silence a query is not believed to run: the host is asked for something simple. */
const SUSPECT_AFTER_MS = 5_000;

interface Answer {
  readonly data?: { readonly fields: readonly string[]; readonly values: readonly unknown[][] };
  readonly errors?: readonly { readonly code?: string; readonly message?: string }[];
}

/**
 * Makes the function that posts queries; nothing is sent yet.
 *
 * @throws {AuraWakeError} CONFIG_INVALID for an address that has no Query API
 */
export function createPostQuery(options: ConnectOptions): PostQuery {
  const url = queryUrl(options);
  const { username = "neo4j", password, queryTimeoutMs = 30_000 } = options;
  const secret = new TextEncoder().encode(`${username}:${password}`);
  const authorization = "Basic " + btoa(String.fromCharCode(...secret));

  async function postQuery(
    accessMode: "Read" | "Write",
    statement: string,
    parameters: Parameters = {},
    signal?: AbortSignal,
    limitMs: number = queryTimeoutMs,
  ): Promise<Row[]> {
    const done = new AbortController();
    const dead = new AbortController();
    const signals = [dead.signal, AbortSignal.timeout(limitMs)];
    if (signal) signals.push(signal);
    const request = new Request(url, {
      method: "POST",
      headers: { authorization, accept: TYPED_JSON, "content-type": TYPED_JSON },
      // Servers before 2026.08 want the statement first.
      body: JSON.stringify({ statement, parameters: mapValues(parameters, encode), accessMode }),
      // A redirect would repeat the query elsewhere, as a GET.
      redirect: "manual",
      signal: AbortSignal.any(signals),
    });
    async function suspect(): Promise<void> {
      await systemClock.sleep(SUSPECT_AFTER_MS, { signal: done.signal, background: true });
      await postQuery("Read", "RETURN 1", {}, done.signal, SUSPECT_AFTER_MS);
    }
    if (limitMs > SUSPECT_AFTER_MS) {
      suspect().catch((error) => error?.name === "TimeoutError" && dead.abort(error));
    }
    try {
      const response = await (options.fetch ?? fetch)(request);
      return readRows(response, await response.text(), url);
    } finally {
      done.abort();
    }
  }

  return postQuery;
}

function readRows({ status }: Response, body: string, url: string): Row[] {
  let answer: Answer = {};
  let cause: unknown;
  try {
    answer = Object(JSON.parse(body));
  } catch (error) {
    cause = error;
  }
  const { data, errors } = answer;
  const [error] = Array.isArray(errors) ? errors : [];
  if (error?.code) throw new QueryError(error.code, error.message ?? error.code, status);
  if (!Array.isArray(data?.fields) || !Array.isArray(data.values) || status >= 300) {
    // Cloudflare's way to say that the name is gone.
    const reason = /error code: \d+/.exec(body)?.[0] ?? "without rows";
    const message = `Cannot query the database: POST ${url} answered ${status} ${reason}`;
    throw new QueryError("AURA_QUERY", message, status, { cause });
  }
  return data.values.map((values) =>
    Object.fromEntries(data.fields.map((field, at) => [field, decode(values[at])]))
  );
}
