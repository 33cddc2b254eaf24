/**
 * A server with the tools that go into a database, and the variables of one.
 *
 * @module
 */
import type { Emulator } from "../../../../src/emulator/mod.ts";
import { type Connected, type ConnectOptions, connectTo } from "../../connect.ts";

/** How a test's server is. */
export interface DatabaseOptions extends ConnectOptions {
  /** Over the emulator's; undefined takes one away. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Ask the database over the Query API. @default over Bolt */
  readonly overHttp?: boolean;
}

/** Connects a client to a server that has these tools alone. */
export async function connectToDatabase(
  emulator: Emulator,
  { variables = {}, overHttp = false, ...options }: DatabaseOptions = {},
): Promise<Connected> {
  const env = emulator.env();
  const all: Readonly<Record<string, string | undefined>> = {
    ...env,
    ...(overHttp && { NEO4J_URI: env["AURA_WAKE_QUERY_API_URL"] }),
    ...variables,
  };
  return await connectTo(emulator, {
    toolsets: ["database"],
    surroundings: {
      env: (name) => all[name],
      home: undefined,
      platform: "linux",
      cwd: "/nowhere",
    },
    ...options,
  });
}
