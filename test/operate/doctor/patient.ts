/**
 * What the doctor is shown in tests: a local Aura with its variables changed in one place.
 *
 * @module
 */
import { createAura } from "../../../src/aura/aura.ts";
import type { AuraCredentials } from "../../../src/aura/settings.ts";
import { directions } from "../../../src/cli/directions.ts";
import type { Check, CheckName, Diagnosis } from "../../../src/operate/doctor/check.ts";
import { diagnose } from "../../../src/operate/doctor/diagnose.ts";
import type { DiagnoseOptions } from "../../../src/operate/doctor/examination.ts";
import type { Clock } from "../../../src/clock.ts";
import { systemClock } from "../../../src/system-clock.ts";

/** What differs from the emulator's own variables. */
export interface Complaint extends Partial<Omit<DiagnoseOptions, "database" | "api">> {
  readonly database?: Partial<DiagnoseOptions["database"]>;
  readonly credentials?: AuraCredentials;
  readonly baseUrl?: string;
  /** What requests to the Aura API go through. */
  readonly auraFetch?: (request: Request) => Promise<Response>;
  /** No credentials of the Aura API at all. */
  readonly noApi?: boolean;
}

/** Waits for nothing, so that tries that are repeated come at once. */
const hurriedClock: Clock = {
  now: () => systemClock.now(),
  sleep: (_ms, options) => systemClock.sleep(0, options),
};

/** Lets the doctor look at an emulator, given by its variables. */
export async function examine(
  env: Readonly<Record<string, string>>,
  { database, credentials, baseUrl, auraFetch, noApi, ...rest }: Complaint = {},
): Promise<Diagnosis> {
  const aura = createAura({
    credentials: credentials ?? {
      clientId: env["AURA_CLIENT_ID"] ?? "",
      clientSecret: env["AURA_CLIENT_SECRET"] ?? "",
    },
    baseUrl: baseUrl ?? env["AURA_BASE_URL"],
    clock: hurriedClock,
    ...(auraFetch && { fetch: auraFetch }),
  });
  return await diagnose({
    api: noApi
      ? { problem: "there are none", remedy: "set AURA_CLIENT_ID and AURA_CLIENT_SECRET" }
      : { aura, source: "AURA_CLIENT_ID" },
    instance: env["AURA_INSTANCEID"],
    database: {
      uri: env["NEO4J_URI"],
      username: env["NEO4J_USERNAME"],
      password: env["NEO4J_PASSWORD"],
      database: env["NEO4J_DATABASE"],
      source: "NEO4J_USERNAME and NEO4J_PASSWORD",
      ...database,
    },
    organizationId: undefined,
    projectId: undefined,
    auraCli: { env: () => undefined, platform: "linux", configFile: undefined },
    timeoutMs: 5_000,
    signal: new AbortController().signal,
    clock: systemClock,
    fetch: (request) => fetch(request),
    directions,
    ...rest,
  });
}

/** The check of this name. */
export function checkOf({ checks }: Diagnosis, name: CheckName): Check | undefined {
  return checks.find((check) => check.name === name);
}

/** Which checks are well (true), not well (false), not made (null); those that do not apply are left out. */
export function marks(diagnosis: Diagnosis): Record<string, boolean | null> {
  return Object.fromEntries(diagnosis.checks.map(({ name, ok }) => [name, ok]));
}
