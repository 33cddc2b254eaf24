/**
 * Does the database let us in, and does a query answer?
 *
 * @module
 */
import type { Connection } from "../../neo4j/connection.ts";
import { openConnection } from "../database/open-connection.ts";
import { rootCause } from "../database/root-cause.ts";
import { durationText } from "../text/duration-text.ts";
import { type Finding, fine, unchecked, wrong } from "./check.ts";
import type { Examination } from "./examination.ts";
import { statusRemedy } from "./status-remedy.ts";

/** Signs in, by running the simplest of queries. Nothing is woken: the connection knows no Aura API. */
export async function checkLogin(examination: Examination): Promise<Finding> {
  const { facts, database: { username = "neo4j", password, source } } = examination;
  if (facts.address === undefined) return unchecked("there is no address");
  if (facts.isOthersLogin) return unchecked(`the login from ${source} is another instance's`);
  if (!password) return unchecked(`there is no password; it would come from ${source}`);
  facts.connection = await open(examination, password);
  try {
    await facts.connection.verifyConnectivity();
  } catch (error) {
    const { code, message } = rootCause(error);
    if (!hasSignedIn(code)) return refusal(code, message, examination);
  }
  return fine(`signed in as ${username}`);
}

/** Runs a query; where it may, it asks for the server's version. */
export async function checkQuery({ facts, clock }: Examination): Promise<Finding> {
  const { connection } = facts;
  if (connection === undefined) throw new TypeError("Cannot query: nobody has signed in");
  const startedAt = clock.now();
  try {
    const { name, version, edition } = await serverOf(connection);
    const took = durationText(clock.now() - startedAt);
    const server = [name, version, edition].filter(Boolean).join(" ");
    return fine(`a query answered in ${took}${server === "" ? "" : `: ${server}`}`);
  } catch (error) {
    const { code, message } = rootCause(error);
    return wrong(
      `the query failed: ${code} ${message}`,
      /DatabaseNotFound/.test(code)
        ? "check NEO4J_DATABASE; newer Aura instances name it after their id"
        : /\.Security\./.test(code)
        ? "give this user a role that may read"
        : "wait a minute, then look again",
    );
  }
}

async function open(
  { database, facts: { address }, timeoutMs, fetch }: Examination,
  password: string,
): Promise<Connection> {
  const { username, database: name, queryApiUrl } = database;
  return await openConnection({
    uri: address?.uri ?? "",
    username,
    password,
    database: name,
    fetch,
    queryApiUrl,
    queryTimeoutMs: timeoutMs,
  }, { note: () => {} });
}

/** The database's own word after a login, such as that there is no database of this name. */
function hasSignedIn(code: string): boolean {
  return code.startsWith("Neo.") && !/\.Security\.|DatabaseUnavailable/.test(code);
}

function refusal(code: string, message: string, examination: Examination): Finding {
  const { source } = examination.database;
  if (/AuthenticationRateLimit/.test(code)) {
    return wrong(
      "the database refuses logins for some seconds, after too many with a wrong password",
      `correct ${source}, wait a moment, then look again`,
    );
  }
  if (/\.Security\./.test(code)) {
    return wrong(
      `the database does not accept user name and password (${code})`,
      `check ${source}; on newer Aura instances the user is named after the instance's id`,
    );
  }
  return wrong(
    [code, message].filter(Boolean).join(" "),
    code === "AURA_NO_CONNECTION"
      ? "npm install neo4j-driver"
      : statusRemedy(examination) ?? "wait a minute, then look again",
  );
}

interface Server {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly edition?: unknown;
}

async function serverOf(connection: Connection): Promise<Server> {
  try {
    const [row] = await connection.read("CALL dbms.components()");
    const { name, versions, edition } = row ?? {};
    return { name, version: Array.isArray(versions) ? versions[0] : undefined, edition };
  } catch (error) {
    const { code = "" } = Object(error) as { code?: string };
    // Not every user may call procedures, and that is no trouble.
    if (!/^Neo\.ClientError\.(?:Security\.Forbidden|Procedure|Statement)/.test(code)) throw error;
    await connection.read("RETURN 1 AS one");
    return {};
  }
}
