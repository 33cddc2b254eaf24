/**
 * Makes every check that can be made, and says in one sentence what is the case. It changes nothing and wakes nothing.
 *
 * @module
 */
import { durationText } from "../text/duration-text.ts";
import { checkCredentials, checkToken } from "./api-checks.ts";
import { checkAuraCli } from "./aura-cli-check.ts";
import { checkBolt } from "./bolt-check.ts";
import {
  type Check,
  type CheckName,
  type Diagnosis,
  type Finding,
  unchecked,
  wrong,
} from "./check.ts";
import type { DiagnoseOptions, Examination, Step } from "./examination.ts";
import { checkGraphqlApi } from "./graphql-api-check.ts";
import { checkImportApi } from "./import-api-check.ts";
import { checkInstance } from "./instance-check.ts";
import { checkLogin, checkQuery } from "./login-checks.ts";
import { checkName } from "./name-check.ts";
import { checkQueryApi } from "./query-api-check.ts";
import { checkStatus } from "./status-check.ts";
import { checkTcp } from "./tcp-check.ts";
import { checkTls } from "./tls-check.ts";
import { checkUri } from "./uri-check.ts";
import { verdictOf } from "./verdict.ts";

const FIREWALL =
  "check the port, and the firewalls on the way; Aura may have an IP filter that leaves you out";
const SILENT = "the host takes the connection and says nothing: wait a minute, then look again";

/** The chain from credentials to a query, then what else Aura offers. */
const STEPS: readonly Step[] = [
  { name: "credentials", check: checkCredentials },
  { name: "token", needs: ["credentials"], check: checkToken },
  { name: "instance", needs: ["token"], check: checkInstance },
  { name: "status", needs: ["instance"], check: checkStatus },
  { name: "uri", check: checkUri },
  { name: "dns", check: checkName },
  { name: "tcp", needs: ["dns"], check: checkTcp, late: FIREWALL },
  { name: "tls", needs: ["tcp"], check: checkTls, late: SILENT },
  { name: "bolt", needs: ["tcp"], spoiledBy: ["tls"], check: checkBolt, late: SILENT },
  { name: "query-api", needs: ["tcp"], spoiledBy: ["tls"], check: checkQueryApi, late: SILENT },
  { name: "login", needs: ["tcp"], spoiledBy: ["tls", "bolt", "query-api"], check: checkLogin },
  { name: "query", needs: ["login"], check: checkQuery },
  { name: "import-api", needs: ["token"], check: checkImportApi },
  { name: "graphql-api", needs: ["instance"], check: checkGraphqlApi },
  { name: "aura-cli", check: checkAuraCli },
];

/**
 * Finds out why a database cannot be connected to. Rejects only with the reason of the signal.
 *
 * Checks are made one after the other: each is told in its own time, and an API key's request budget is small.
 */
export async function diagnose(options: DiagnoseOptions): Promise<Diagnosis> {
  const made = new Map<CheckName, Check>();
  const examination: Examination = { ...options, facts: {}, made };
  try {
    for (const step of STEPS) {
      const check = await make(step, examination);
      if (check !== undefined) made.set(step.name, check);
    }
  } finally {
    // Not awaited: on a dead connection it may take its time, and nothing comes of it.
    examination.facts.connection?.close().catch(() => {});
  }
  const checks = [...made.values()];
  return {
    ok: checks.every(({ ok }) => ok !== false),
    verdict: verdictOf(examination),
    checks,
  };
}

async function make(step: Step, examination: Examination): Promise<Check | undefined> {
  const { clock, made, signal } = examination;
  const { name, needs = [], spoiledBy = [] } = step;
  signal.throwIfAborted();
  const hindrance = needs.find((each) => made.get(each)?.ok !== true) ??
    spoiledBy.find((each) => made.get(each)?.ok === false);
  if (hindrance !== undefined) {
    const how = made.get(hindrance)?.ok === false ? "failed" : "was not checked";
    // What does not apply here is not listed as skipped either.
    const finding = name === otherProtocol(examination) ? undefined : `${hindrance} ${how}`;
    return finding === undefined ? undefined : { name, took_ms: 0, ...unchecked(finding) };
  }
  examination.onCheck?.(name);
  const startedAt = clock.now();
  const finding = await inTime(step, examination);
  if (finding === undefined) return undefined;
  return { name, took_ms: Math.round(clock.now() - startedAt), ...finding };
}

/** The check of the protocol that this connection does not speak. */
function otherProtocol({ facts: { address } }: Examination): CheckName {
  return address?.transport === "query-api" ? "bolt" : "query-api";
}

/** Ends a check when its time is up, whatever it waits for; what it throws is what it found. */
async function inTime(step: Step, examination: Examination): Promise<Finding | undefined> {
  const { clock, signal, timeoutMs } = examination;
  const done = new AbortController();
  const late = new DOMException("The time of this check is up", "TimeoutError");
  const over = new AbortController();
  const leave = (): void => over.abort(signal.reason);
  signal.addEventListener("abort", leave, { once: true });
  clock.sleep(timeoutMs, { signal: done.signal }).then(() => over.abort(late), () => {});
  const ended = new Promise<never>((_resolve, reject) => {
    over.signal.addEventListener("abort", () => reject(over.signal.reason), { once: true });
  });
  ended.catch(() => {});
  try {
    return await Promise.race([step.check(examination, over.signal), ended]);
  } catch (error) {
    signal.throwIfAborted();
    if (over.signal.reason === late) return noAnswer(step, examination);
    return wrong(String((Object(error) as Partial<Error>).message ?? error));
  } finally {
    signal.removeEventListener("abort", leave);
    done.abort();
    // What the check left open, a socket above all, ends with it.
    over.abort(late);
  }
}

function noAnswer({ late }: Step, { timeoutMs, directions }: Examination): Finding {
  return wrong(
    `no answer within ${durationText(timeoutMs)}`,
    late ??
      `check the network, firewalls and proxies on the way; ${
        directions.field("timeout")
      } gives it longer`,
  );
}
