/**
 * `aura-wake mcp`
 *
 * @module
 */
import type { ArgsDef } from "citty";
import { HTTP_FLAGS, SERVER_FLAGS } from "../../../mcp/serve/flags.ts";
import { type Command, defineCommand } from "../command.ts";

/** Serves an assistant until it is gone. */
export const mcp: Command = defineCommand({
  args: { ...SERVER_FLAGS, ...HTTP_FLAGS } as ArgsDef,
  async run({ io, flags: { credentialsFile } }, flags) {
    const { serveProcess } = await import("../../../mcp/serve/serve-process.ts");
    const { env, home, cwd, platform, stderr, signal, clock } = io;
    await serveProcess(flags, {
      surroundings: { env, home, cwd, platform },
      credentialsFile,
      signal,
      clock,
      log: (line) => stderr.write(`${line}\n`),
    });
    return 0;
  },
});
