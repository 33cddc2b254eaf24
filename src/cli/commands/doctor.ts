/**
 * `aura-wake doctor`
 *
 * @module
 */
import { join } from "node:path";
import { configFolder } from "../../config/folders.ts";
import { type Command, defineCommand } from "../command.ts";
import { INSTANCE_ARGUMENT } from "../instances/instance-argument.ts";
import type { Context } from "../context.ts";
import { CREDENTIALS_FLAG, databaseLogin, isLoginOf } from "../database/database-login.ts";
import type { Check, Diagnosis } from "../doctor/check.ts";
import { diagnose } from "../doctor/diagnose.ts";
import type { ApiAccess } from "../doctor/examination.ts";
import { durationText, parseDuration } from "../input/duration-text.ts";
import { toFailure } from "../failure.ts";
import { plainText } from "../output/plain-text.ts";

/** What a doctor that found trouble exits with. */
const TROUBLE = 1;

/** Finds out why a database cannot be connected to. */
export const doctor: Command = defineCommand({
  args: {
    ...INSTANCE_ARGUMENT,
    ...CREDENTIALS_FLAG,
    timeout: {
      type: "string",
      valueHint: "duration",
      default: "10s",
      description: "How long each check may take (default: 10s)",
    },
  },
  async run(context, { instance, credentials, timeout }) {
    const timeoutMs = parseDuration("--timeout", timeout);
    const { signal, io } = context;
    const settings = await context.settings();
    const login = await databaseLogin(context, { credentials, instance });
    const progress = context.progress();
    const diagnosis = await diagnose({
      api: await apiAccess(context),
      instance: instance ?? login.instanceId,
      database: {
        ...login,
        ...(instance !== undefined && {
          belongsTo: (found) =>
            found === undefined ? login.instanceId === instance : isLoginOf(login, found),
        }),
      },
      organizationId: settings.organizationId,
      projectId: settings.projectId,
      auraCli: { env: io.env, platform: io.platform, configFile: auraCliConfig(context) },
      timeoutMs,
      signal,
      clock: io.clock,
      fetch: io.fetch,
      ...(io.stderr.isTty && { onCheck: (name: string) => progress.show(`Checking ${name}`) }),
    });
    progress.end();
    if (context.print.format === "table") context.print.text(diagnosisText(diagnosis));
    else context.print.one(diagnosis, {});
    return diagnosis.ok ? 0 : TROUBLE;
  },
});

async function apiAccess(context: Context): Promise<ApiAccess> {
  try {
    const aura = await context.aura();
    const { rows } = await context.settings();
    const signIn = rows.filter(({ variable, setting }) =>
      variable !== null && /^(?:client|api) (?:id|secret|token|username|password)$/.test(setting)
    );
    const names = signIn.map(({ variable }) => variable).join(" and ");
    return { aura, source: `${names}, from ${signIn[0]?.source ?? "the settings"}` };
  } catch (error) {
    const { message, suggestion } = toFailure(error);
    return {
      problem: message.replace(/^Cannot /, "cannot "),
      remedy: suggestion ?? "set AURA_CLIENT_ID and AURA_CLIENT_SECRET",
    };
  }
}

function auraCliConfig({ io }: Context): string | undefined {
  const folder = configFolder(io);
  return folder && join(folder, "neo4j", "cli", "config.json");
}

/** A line a check, what to do below it, and the verdict. */
function diagnosisText({ checks, verdict }: Diagnosis): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.map((check) => {
    const { name, ok, detail, remedy, took_ms } = check;
    const took = ok === null ? "" : ` (${durationText(took_ms)})`;
    const line = `${markOf(check)} ${name.padEnd(width)}  ${plainText(detail)}${took}`;
    return remedy === undefined ? line : `${line}\n  ${" ".repeat(width)}  → ${plainText(remedy)}`;
  });
  return `${lines.join("\n")}\n\n${plainText(verdict)}\n`;
}

function markOf({ ok }: Check): string {
  return ok === null ? "–" : ok ? "✔" : "✖";
}
