/**
 * `aura-wake doctor`
 *
 * @module
 */
import { auraCliPlace } from "../../operate/doctor/aura-cli-place.ts";
import type { Check, Diagnosis } from "../../operate/doctor/check.ts";
import { diagnose } from "../../operate/doctor/diagnose.ts";
import { examinationOf } from "../../operate/doctor/examination-of.ts";
import { durationText } from "../../operate/text/duration-text.ts";
import { plainText } from "../../operate/text/plain-text.ts";
import { type Command, defineCommand } from "../command.ts";
import { CREDENTIALS_FLAG } from "../database/database-flags.ts";
import { parseDuration } from "../input/parse-duration.ts";
import { INSTANCE_ARGUMENT } from "../instances/instance-argument.ts";

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
    const { io } = context;
    const progress = context.progress();
    const diagnosis = await diagnose(
      await examinationOf(context, {
        instance,
        credentials,
        auraCli: auraCliPlace(io),
        timeoutMs: parseDuration("--timeout", timeout),
        ...(io.stderr.isTty && { onCheck: (name: string) => progress.show(`Checking ${name}`) }),
      }),
    );
    progress.end();
    if (context.print.format === "table") context.print.text(diagnosisText(diagnosis));
    else context.print.one(diagnosis, {});
    return diagnosis.ok ? 0 : TROUBLE;
  },
});

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
