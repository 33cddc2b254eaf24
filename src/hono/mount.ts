/**
 * One `wake()` in an app: where it takes its waker and its connection from.
 *
 * @module
 */
import type { Context, Env } from "hono";
import { AuraWakeError } from "../errors.ts";
import { systemClock } from "../system-clock.ts";
import type { Waker } from "../wake/waker.ts";
import { type EnvironmentSource, readEnvironment, type Source } from "./environment.ts";
import type { PerRequest, WakeOptions } from "./options.ts";
import { listenerOf, reportFaults } from "./report.ts";
import type { ViewSettings } from "./request-view.ts";

/** A mount: a source for each request, and how long it may wait. */
export interface Mount extends ViewSettings {
  sourceOf(c: Context): Source;
}

/**
 * Does nothing until the first request: a Worker may not do more while it loads.
 *
 * @throws {AuraWakeError} CONFIG_INVALID
 */
export function createMount(options: WakeOptions): Mount {
  const { clock = systemClock, mayWake, holdMs } = options;
  for (const name of ["holdMs", "maxHeld"] as const) {
    const value = options[name] ?? 0;
    if (!(typeof value === "number" && value >= 0)) {
      throw new AuraWakeError(
        "CONFIG_INVALID",
        `Cannot mount wake(): ${name} is not a number of 0 or more`,
      );
    }
  }
  const isGiven = options.db || options.waker;
  let environment: EnvironmentSource | undefined;
  let heard: Waker | undefined;
  let failed = false;

  function fromEnvironment(c: Context): Source {
    environment = readEnvironment(c);
    reportFaults(environment.problems, options);
    return environment;
  }

  function given(c: Context): Source {
    try {
      const db = resolve(options.db, c);
      const waker = resolve(options.waker, c) ?? db?.waker;
      if (db?.problems?.length) {
        // What is missing does not matter with a waker from elsewhere.
        const faults = db.problems.filter(({ code }) => !waker || code === "CONFIG_INVALID");
        reportFaults(faults, options);
      }
      return { db, waker, holdMs: db?.holdMs };
    } catch (error) {
      // A healthy request must not fail for the settings.
      const message = `Cannot get the database: ${(error as Error)?.message}`;
      if (!failed) reportFaults([{ code: "CONFIG_INVALID", message }], options);
      failed = true;
      return {};
    }
  }

  return {
    clock,
    mayWake,
    holdMs,
    sourceOf(c): Source {
      const source = isGiven ? given(c) : environment ?? fromEnvironment(c);
      const { waker } = source;
      if (waker && waker !== heard) {
        heard = waker;
        const listener = listenerOf(options);
        if (listener) waker.on(listener);
      }
      return source;
    },
  };
}

function resolve<T extends object>(
  value: PerRequest<T, Env> | undefined,
  c: Context,
): T | undefined {
  return typeof value === "function" ? (value as (c: Context) => T | undefined)(c) : value;
}
