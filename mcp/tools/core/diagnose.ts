/**
 * `diagnose`
 *
 * @module
 */
import { z } from "zod";
import type { Check } from "../../../src/operate/doctor/check.ts";
import type { ToolCall } from "../../call.ts";
import { allows } from "../../mode.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { CREDENTIAL, DETAIL, OWN_INSTANCE } from "../arguments.ts";
import { MAY_NOT_WAKE } from "../instance-next.ts";

/** For each check. */
const TIMEOUT_MS = 10_000;

export const diagnose: Tool = defineTool({
  name: "diagnose",
  title: "Diagnose connection",
  description:
    "Finds out why a database cannot be connected to, from the Aura API key over status, DNS, network and TLS to login and query, and says it in one sentence with what to do. Changes and wakes nothing. Takes some seconds.",
  toolset: "core",
  access: "read",
  effects: { destructive: false, idempotent: true, openWorld: true },
  input: z.strictObject({
    instance: OWN_INSTANCE,
    credential: CREDENTIAL,
    detail: DETAIL.describe("full adds the checks that found no trouble"),
  }),
  output: z.object({
    ok: z.boolean(),
    verdict: z.string(),
    checks: z.array(z.object({
      name: z.string(),
      result: z.string(),
      detail: z.string(),
      remedy: z.string().optional(),
    })),
  }),
  async run(call, { instance, credential, detail }) {
    const scoped = await withinScope(call, instance);
    const [{ diagnose: examine }, { examinationOf }] = await Promise.all([
      import("../../../src/operate/doctor/diagnose.ts"),
      import("../../../src/operate/doctor/examination-of.ts"),
    ]);
    const progress = call.progress();
    const { ok, verdict, checks } = await examine(
      await examinationOf(call, {
        instance: scoped,
        credentials: credential,
        timeoutMs: TIMEOUT_MS,
        onCheck: (name) => progress.show(`Checking ${name}`),
      }),
    );
    progress.end();
    const told = detail === "full" ? checks : checks.filter((check) => isNews(check));
    const isInVain = verdict.includes("resume_instance") && !allows(call.mode, "wake");
    return {
      ok,
      verdict,
      checks: told.map(checkView),
      ...(isInVain && { next_step: MAY_NOT_WAKE }),
    };
  },
});

/**
 * The instance by its id: a name may be that of another one, too, outside. It shall work where the API does not, so only what the
 * API surely says ends it here.
 */
async function withinScope(
  call: ToolCall,
  instance: string | undefined,
): Promise<string | undefined> {
  const { scope } = call;
  if (scope.project === undefined && scope.instance === undefined) return instance;
  try {
    return (await call.instance(instance)).id;
  } catch (error) {
    call.signal.throwIfAborted();
    const { code } = Object(error) as { code?: unknown };
    if (code === "NOT_FOUND" || code === "AMBIGUOUS") throw error;
    return instance;
  }
}

/** What is well needs no words, unless they are a warning. */
function isNews({ ok, remedy }: Check): boolean {
  return ok === false || remedy !== undefined;
}

function checkView({ name, ok, detail, remedy }: Check): {
  readonly name: string;
  readonly result: string;
  readonly detail: string;
  readonly remedy?: string;
} {
  const result = ok === null ? "not checked" : ok ? "ok" : "trouble";
  return { name, result, detail, ...(remedy !== undefined && { remedy }) };
}
