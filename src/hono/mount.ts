/**
 * One `wake()` in an app: where it takes its waker and its connection from.
 *
 * @module
 */
import type { Context, Env } from "hono";
import type { SettingsProblem } from "../config/names.ts";
import { systemClock } from "../system-clock.ts";
import type { Waker } from "../wake/waker.ts";
import { type EnvironmentSource, readEnvironment, type Source } from "./environment.ts";
import type { PerRequest, WakeOptions } from "./options.ts";
import { newListener, reportFaults } from "./report.ts";
import type { ViewSettings } from "./request-view.ts";
import { countWakes } from "./wakes.ts";

/** A mount: a source for each request, and how long it may wait. */
export interface Mount extends ViewSettings {
  sourceOf(c: Context): Source;
}

/** Does nothing until the first request: a Worker may not do more while it loads. */
export function createMount(options: WakeOptions): Mount {
  const { clock = systemClock, mayWake } = options;
  const isGiven = options.db || options.waker;
  let environment: EnvironmentSource | undefined;
  let heard: Waker | undefined;
  let faults: SettingsProblem[] | undefined;

  function fromEnvironment(c: Context): Source {
    environment = readEnvironment(c);
    reportFaults(environment.problems, options);
    return environment;
  }

  function given(c: Context): Source {
    try {
      const db = resolve(options.db, c);
      return { db, waker: resolve(options.waker, c) ?? db?.waker };
    } catch (error) {
      // A healthy request must not fail for the settings.
      const message = `Cannot get the database: ${(error as Error)?.message}`;
      reportFaults(faults ??= [{ code: "CONFIG_INVALID", message }], options);
      return {};
    }
  }

  return {
    clock,
    mayWake,
    get holdMs() {
      return options.holdMs ?? environment?.holdMs;
    },
    sourceOf(c): Source {
      const source = isGiven ? given(c) : environment ?? fromEnvironment(c);
      const { waker } = source;
      if (waker && waker !== heard) {
        heard = waker;
        countWakes(waker);
        const listener = newListener(waker, options);
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
