/**
 * `aura-wake wake`
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import { type Awake, wakeAndWait } from "../../operate/database/wake-and-wait.ts";
import { instanceLabel } from "../../operate/instances/instance-label.ts";
import { durationText } from "../../operate/text/duration-text.ts";
import { type Command, defineCommand } from "../command.ts";
import type { Context } from "../context.ts";
import { CREDENTIALS_FLAG } from "../database/database-flags.ts";
import { toFailure } from "../failure.ts";
import { parseDuration } from "../input/parse-duration.ts";
import { INSTANCE_ARGUMENT } from "../instances/instance-argument.ts";
import { wakeWithoutWait } from "./wake-no-wait.ts";
import { printWake } from "./wake-result.ts";

/** Wakes an instance. */
export const wake: Command = defineCommand({
  args: {
    ...INSTANCE_ARGUMENT,
    ...CREDENTIALS_FLAG,
    wait: {
      type: "boolean",
      alias: "await",
      description: "Wait until it is awake (the default)",
    },
    "no-wait": { type: "boolean", description: "Ask Aura to resume it, and return at once" },
    timeout: {
      type: "string",
      valueHint: "duration",
      default: "10m",
      description: "How long to wait at most, such as 90s or 20m (default: 10m)",
    },
  },
  async run(context, { instance: named, credentials, wait, timeout }) {
    const timeoutMs = parseDuration("--timeout", timeout);
    const instance = await context.instance(named);
    // `--no-wait` takes back `--wait`.
    if ((wait as boolean | undefined) === false) return await wakeWithoutWait(context, instance);
    const woken = await wakeAndWait(context, instance, { credentials, instance: named, timeoutMs });
    printAwake(context, instance, woken);
  },
});

function printAwake(context: Context, instance: Instance, woken: Awake): void {
  const { by, status, wasAsleep, resumed, tookMs, refusal } = woken;
  if (refusal !== undefined) {
    context.note(
      `warning: the database is there, but does not accept the login: ${
        toFailure(refusal).message
      }`,
    );
  }
  const { id, name } = instance;
  printWake(context, {
    result: { id, name, status, resumed, took_ms: tookMs, by },
    text: `${instanceLabel(instance)} is awake${wasAsleep ? "" : " already"}: ${
      by === "query" ? "a query answered" : `the Aura API says ${status}`
    }${wasAsleep ? ` after ${durationText(tookMs)}` : ""}`,
  });
}
