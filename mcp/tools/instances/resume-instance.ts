/**
 * `resume_instance`
 *
 * @module
 */
import { z } from "zod";
import type { Instance } from "../../../src/aura/instance.ts";
import type { Awake } from "../../../src/operate/database/wake-and-wait.ts";
import type { ToolCall } from "../../call.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { CREDENTIAL, INSTANCE, timeoutSeconds } from "../arguments.ts";
import { INSTANCE_FIELDS } from "../instance-view.ts";
import { instanceUri } from "../../resources/uris.ts";
import { tellingChanges } from "../telling-changes.ts";

/** Waiting: Aura was not asked yet · accepted: Aura works on it · ready: Aura says that it runs · queryable: a query has answered. */
type State = "waiting" | "accepted" | "ready" | "queryable";

interface Resumed {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly was: string;
  readonly state: State;
  readonly answered_by?: "query" | "status";
  readonly took_ms?: number;
  readonly next_step?: string;
}

export const resumeInstance: Tool = defineTool({
  name: "resume_instance",
  title: "Resume (wake) instance",
  description:
    "Wakes a paused instance and waits until a query answers, or, where the server has no login of its database, until Aura says that it runs. One that runs already is a success and nothing is sent. Takes some minutes, and a paid one costs its full price again.",
  toolset: "instances",
  access: "wake",
  effects: { destructive: false, idempotent: true, openWorld: true },
  undone: "The instance was not resumed.",
  input: z.strictObject({
    instance: INSTANCE,
    wait: z.boolean().default(true).describe("false only asks Aura, and returns at once"),
    timeout_seconds: timeoutSeconds(300),
    credential: CREDENTIAL,
  }),
  output: z.object({
    ...INSTANCE_FIELDS,
    was: z.string(),
    state: z.string().describe("waiting, accepted, ready or queryable"),
    answered_by: z.string().optional(),
    took_ms: z.number().optional(),
  }),
  async run(call, { instance: named, wait, timeout_seconds: seconds, credential }) {
    const instance = await call.instance(named);
    try {
      if (!wait) return await askOnly(call, instance);
      return await wakeFully(call, instance, {
        instance: named,
        credentials: credential,
        timeoutMs: seconds * 1_000,
      });
    } finally {
      call.changed(instanceUri(instance.id));
    }
  },
});

async function askOnly(call: ToolCall, instance: Instance): Promise<Resumed> {
  const { askForResume } = await import("../../../src/operate/instances/ask-for-resume.ts");
  const { was, status } = await askForResume(call, instance);
  const told = { id: instance.id, name: instance.name, status, was: instance.status };
  if (was === "awake") return { ...told, state: "ready", answered_by: "status" };
  return { ...told, state: "accepted", next_step: waitStep(instance) };
}

async function wakeFully(
  call: ToolCall,
  instance: Instance,
  choice: {
    readonly instance: string;
    readonly credentials: string | undefined;
    readonly timeoutMs: number;
  },
): Promise<Resumed> {
  const { wakeAndWait } = await import("../../../src/operate/database/wake-and-wait.ts");
  const { id, name, status: was } = instance;
  const startedAt = call.clock.now();
  let awake: Awake;
  try {
    awake = await wakeAndWait(tellingChanges(call, id), instance, choice);
  } catch (error) {
    call.signal.throwIfAborted();
    const known = await afterFailure(call, instance, error);
    const tookMs = Math.round(call.clock.now() - startedAt);
    return { id, name, was, ...known, took_ms: tookMs };
  }
  const { by, status, tookMs, refusal } = awake;
  if (refusal !== undefined) await noteFailure(call, "does not accept the login", refusal);
  return {
    id,
    name,
    status,
    was,
    state: by === "query" ? "queryable" : "ready",
    answered_by: by,
    took_ms: tookMs,
  };
}

/** Time that is up is no failure, and a query that does not get through is none of waking. @throws the error, where it is one */
async function afterFailure(
  call: ToolCall,
  instance: Instance,
  error: unknown,
): Promise<Pick<Resumed, "status" | "state" | "answered_by" | "next_step">> {
  const { code, name } = Object(error) as { readonly code?: unknown; readonly name?: unknown };
  const isLate = code === "AURA_WAKE_DEADLINE";
  const isOfDatabase = code === "DATABASE" || String(code).startsWith("Neo.");
  if (name === "NotCapable" || (!isLate && !isOfDatabase)) throw error;
  const { instances } = await call.aura();
  const { status } = await instances.get(instance.id, { signal: call.signal }).catch(() => {
    call.signal.throwIfAborted();
    throw error;
  });
  const { standingOf } = await import("../../../src/wake/standing.ts");
  const standing = standingOf(status);
  if (standing === "serving") {
    await noteFailure(call, "does not answer a query yet", error);
    const next = `diagnose ${instance.id} finds out why no query answers`;
    return { status, state: "ready", answered_by: "status", next_step: next };
  }
  if (standing === "on-its-way") {
    return { status, state: "accepted", next_step: waitStep(instance) };
  }
  if (standing !== "falling-asleep" && standing !== "unknown") throw error;
  const next = `it cannot be resumed while it is ${status}: resume_instance ${instance.id} again`;
  return { status, state: "waiting", next_step: next };
}

async function noteFailure(call: ToolCall, what: string, error: unknown): Promise<void> {
  const { toFailure } = await import("../../../src/operate/failure.ts");
  const { message } = toFailure(error, call.directions);
  call.note(`Aura says that it runs, but the database ${what}: ${message}`);
}

function waitStep({ id }: Instance): string {
  return `Aura goes on with it; resume_instance ${id} again waits for it, and resumes nothing twice`;
}
