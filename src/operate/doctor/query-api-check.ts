/**
 * Does a server that has the HTTP Query API answer?
 *
 * @see https://neo4j.com/docs/query-api/current/
 * @module
 */
import { type Finding, fine, unchecked, wrong } from "./check.ts";
import type { Examination } from "./examination.ts";
import { statusRemedy } from "./status-remedy.ts";

/** Sends a query without a password: the refusal of one who knows passwords is the proof. */
export async function checkQueryApi(
  examination: Examination,
  signal: AbortSignal,
): Promise<Finding | undefined> {
  const { facts: { address }, database, fetch } = examination;
  if (address === undefined) return unchecked("there is no address");
  if (address.transport !== "query-api") return undefined;
  const name = encodeURIComponent(database.database ?? "neo4j");
  const url = `${address.uri}/db/${name}/query/v2`;
  const whenDown = statusRemedy(examination) ??
    "a server that has just started needs a minute; then look again";
  let response: Response;
  let body: string;
  try {
    response = await fetch(
      new Request(url, {
        method: "POST",
        headers: { accept: "application/json", "content-type": "application/json" },
        body: JSON.stringify({ statement: "RETURN 1" }),
        redirect: "manual",
        signal,
      }),
    );
    body = await response.text();
  } catch (error) {
    signal.throwIfAborted();
    const { message, cause } = Object(error) as Partial<Error>;
    const why = (Object(cause) as Partial<Error>).message ?? message;
    return wrong(`POST ${url} got no answer: ${why}`, whenDown);
  }
  const [code] = codesOf(body);
  const told = `POST ${url} answered ${response.status}`;
  if (code !== undefined && response.status < 500) return fine(`the Query API answers at ${url}`);
  if (code !== undefined) return wrong(`${told} ${code}`, whenDown);
  return wrong(
    `${told}, not as the Query API does`,
    response.status >= 500 ? whenDown : "check host, port and path in NEO4J_URI",
  );
}

function codesOf(body: string): string[] {
  try {
    const { errors } = Object(JSON.parse(body)) as { errors?: readonly { code?: unknown }[] };
    return (errors ?? []).map(({ code }) => String(code)).filter((code) => code.startsWith("Neo."));
  } catch {
    return [];
  }
}
