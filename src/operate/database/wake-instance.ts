/**
 * Wakes an instance: until a query answers where that can be tried, else until the status says so.
 *
 * @module
 */
import type { Aura } from "../../aura/aura.ts";
import type { Instance, WakeApi } from "../../aura/instance.ts";
import { hostOf } from "../../hosts.ts";
import type { Connection } from "../../neo4j/connection.ts";
import { createWaker } from "../../wake/create-waker.ts";
import { standingOf } from "../../wake/standing.ts";
import type { Waker } from "../../wake/waker.ts";
import type { OperateContext } from "../context.ts";
import { databaseTrouble } from "./database-trouble.ts";
import type { WakeWatch } from "./wake-watch.ts";

/** What is woken, and how it is asked. */
export interface WakeOptions {
  readonly aura: Aura;
  /** As it was read this moment. */
  readonly instance: Instance;
  /** Without one, the status decides. It must not wake by itself. */
  readonly connection: Connection | undefined;
  /** Where the connection leads. */
  readonly uri: string | undefined;
  readonly timeoutMs: number;
  readonly watch: WakeWatch;
}

/** How it came to be awake. */
export interface Woken {
  readonly by: "query" | "status";
  /** What the database said instead of an answer: that it does not accept the login. */
  readonly refusal?: unknown;
}

/** So that the waker's own deadline, which says more, comes first. */
const MARGIN_MS = 5_000;

/**
 * Resolves when the instance is awake.
 *
 * @throws {WakeFailedError} why it could not be woken; what the last query threw where Aura says that it serves
 */
export async function wakeInstance(context: OperateContext, options: WakeOptions): Promise<Woken> {
  const { aura, instance, connection, uri, timeoutMs, watch } = options;
  const { signal, clock, directions } = context;
  const probe = async (over: AbortSignal) =>
    await connection?.read("RETURN 1", {}, { signal: over });
  const waker = createWaker({
    aura: primed(aura, instance),
    instanceId: instance.id,
    host: hostOf(uri),
    ...(connection && { probe }),
    deadlineMs: timeoutMs,
    clock,
    onEvent: watch.onEvent,
  });
  const wait = { signal, waitMs: timeoutMs + MARGIN_MS };
  const isServing = standingOf(instance.status) === "serving";
  try {
    if (connection === undefined) {
      if (!isServing) await waker.ensureAwake(wait);
      return { by: "status" };
    }
    await wakeUntilAnswer(waker, () => probe(signal), isServing, wait);
    return { by: "query" };
  } catch (error) {
    // Whoever refuses a login is awake.
    if (isLoginRefusal(error)) return { by: "status", refusal: error };
    throw databaseTrouble(error, {
      action: `wake ${instance.name} (${instance.id})`,
      writes: false,
      directions,
    });
  } finally {
    waker.close();
  }
}

async function wakeUntilAnswer(
  waker: Waker,
  ask: () => Promise<unknown>,
  isServing: boolean,
  wait: { readonly signal: AbortSignal; readonly waitMs: number },
): Promise<void> {
  if (isServing) {
    try {
      await ask();
      return;
    } catch (error) {
      if (wait.signal.aborted || isLoginRefusal(error)) throw error;
    }
  }
  // Aura has said how it is, so no failure needs to be waited for: this one stands for it, and is the one that has
  // a database settle, too, whose status runs ahead of it.
  await waker.recover(new Error("ENOTFOUND"), wait);
  await ask();
}

/** The API with one answer in advance: what was read this moment is not read again. */
function primed(aura: Aura, instance: Instance): WakeApi {
  let known: Instance | undefined = instance;
  return {
    instances: {
      async get(id, options) {
        const first = known;
        known = undefined;
        return first ?? await aura.instances.get(id, options);
      },
      resume: async (id, options) => await aura.instances.resume(id, options),
    },
  };
}

function isLoginRefusal(error: unknown): boolean {
  return String(Object(error).code).startsWith("Neo.ClientError.Security.");
}
