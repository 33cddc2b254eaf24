/**
 * The answer to "why can I not connect?", in one sentence.
 *
 * @module
 */
import type { Check, CheckName } from "./check.ts";
import type { Examination } from "./examination.ts";

/** What a connection needs, in the order in which it fails. */
const WAY: readonly CheckName[] = [
  "uri",
  "dns",
  "tcp",
  "tls",
  "bolt",
  "query-api",
  "login",
  "query",
];

/** Judges the checks that were made. */
export function verdictOf({ made, facts }: Pick<Examination, "made" | "facts">): string {
  const failed = [...made.values()].filter(({ ok }) => ok === false);
  const query = made.get("query");
  if (query?.ok === true) {
    const [other] = failed;
    if (other === undefined) return `You can connect: ${query.detail}`;
    return other.name === "uri"
      ? `You can connect, but not to the instance that is meant: ${other.detail}`
      : `You can connect, but ${trouble(other)}`;
  }
  const onTheWay = WAY.map((name) => made.get(name)).find((check) => check?.ok === false);
  const status = made.get("status");
  // A status explains why nobody answers, but not why an address leads elsewhere.
  if (status?.ok === false && onTheWay?.name !== "uri") {
    const { name = "", id = "", status: word = "" } = facts.instance ?? {};
    return `You cannot connect, because ${name} (${id}) is ${word}, as the Aura API says${
      next(status)
    }`;
  }
  const instance = made.get("instance");
  if (onTheWay !== undefined && onTheWay.name !== "uri" && instance?.ok === false) {
    return `You cannot connect: ${trouble(onTheWay)}, and ${trouble(instance)}${next(instance)}`;
  }
  if (onTheWay !== undefined) return `You cannot connect: ${trouble(onTheWay)}${next(onTheWay)}`;
  const login = made.get("login");
  const reached = "the database is there, but whether it lets you in was not checked";
  if (login?.ok === null && made.get("tcp")?.ok === true) {
    return `Cannot tell whether you can connect: ${reached}, since ${login.detail}`;
  }
  const [first] = failed;
  return first === undefined
    ? "Cannot tell whether you can connect: too little is known"
    : `Cannot tell whether you can connect: ${trouble(first)}`;
}

/** For people who have not seen the name of the check. */
function trouble({ name, detail }: Check): string {
  return `${SUBJECTS[name] ?? name}: ${detail}`;
}

function next({ remedy }: Check): string {
  return remedy === undefined ? "" : `; next: ${remedy}`;
}

const SUBJECTS: Partial<Readonly<Record<CheckName, string>>> = {
  credentials: "credentials of the Aura API",
  token: "the Aura API",
  instance: "the instance",
  status: "its status",
  uri: "the address",
  dns: "its name",
  tcp: "the network",
  tls: "encryption",
  bolt: "Bolt",
  "query-api": "the Query API",
  login: "the login",
  query: "the query",
  "import-api": "the import API",
  "graphql-api": "the GraphQL API",
};
