/**
 * Serves as the flags say: over the streams of this process, or over HTTP.
 *
 * @module
 */
import process from "node:process";
import type { Clock } from "../../src/clock.ts";
import { AuraWakeError } from "../../src/errors.ts";
import { processSurroundings } from "../core/surroundings.ts";
import { type FlagValues, HTTP_FLAGS } from "./flags.ts";
import { keepStdoutClean } from "./keep-stdout-clean.ts";
import { openServer, type ServerWorld } from "./open-server.ts";
import { checkValues } from "./read-flags.ts";

/** What serving takes beside that. */
export interface ProcessWorld extends ServerWorld {
  /** Aborts when the process is to end. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** Serves until the client is gone, or the signal aborts. @throws {AuraWakeError} CONFIG_INVALID */
export async function serveProcess(flags: FlagValues, world: ProcessWorld): Promise<void> {
  const { signal, clock, log } = world;
  const isHttp = flags.http === true;
  if (!isHttp) {
    keepStdoutClean();
    for (const name of Object.keys(HTTP_FLAGS) as (keyof typeof HTTP_FLAGS)[]) {
      if (!flags[name]) continue;
      throw new AuraWakeError(
        "CONFIG_INVALID",
        `Cannot start the MCP server: --${name} is for a server over HTTP, and --http is missing`,
      );
    }
  }
  checkValues(flags);
  const metrics = isHttp ? (await import("../http/metrics.ts")).createMetrics() : undefined;
  const opened = await openServer(flags, {
    ...world,
    onToolCall: metrics &&
      ((tool, outcome, durationMs) => metrics.toolCall(tool, outcome, durationMs)),
  });
  try {
    if (isHttp) {
      const { serveOverHttp } = await import("./serve-over-http.ts");
      const { env } = world.surroundings ?? processSurroundings();
      await serveOverHttp(flags, opened, { env, signal, clock, log, metrics });
    } else {
      const { serveStdio } = await import("../stdio/serve-stdio.ts");
      const { stdin, stdout } = process;
      await serveStdio({ server: opened.server, stdin, stdout, signal, clock, log });
    }
  } finally {
    await opened.close();
  }
}
