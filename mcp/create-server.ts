/**
 * The MCP server over Aura.
 *
 * @module
 */
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport";
import type { OperateState } from "../src/operate/context.ts";
import type { SecretSink } from "../src/operate/secrets/secret-place.ts";
import { systemClock } from "../src/system-clock.ts";
import { connectSdkServer } from "./adapter.ts";
import { type Caller, LOCAL_CALLER } from "./caller.ts";
import { createSealer } from "./consent/sealed-token.ts";
import { Accounts } from "./core/accounts.ts";
import { checkNarrowing, readConfig } from "./core/config.ts";
import { lostTools } from "./core/select-tools.ts";
import { createServerCore } from "./core/server-core.ts";
import { openState } from "./core/state.ts";
import { Hub } from "./core/subscriptions.ts";
import { lazyFileSink, noSink } from "./core/secret-files.ts";
import { memoizedTools } from "./core/served-tool.ts";
import { processSurroundings, runtimeFetch } from "./core/surroundings.ts";
import { modeText } from "./mode.ts";
import type { AuraMcpOptions } from "./options.ts";

/** The server. It may be connected any number of times, each time for one client. */
export interface AuraMcpServer {
  /**
   * Serves one client by a transport of the SDK.
   *
   * @throws {AuraWakeError} CONFIG_INVALID where the caller narrows it to a tool that there is not; what the transport fails with
   */
  connect(transport: Transport, caller?: Caller): Promise<{ close(): Promise<void> }>;
  /** Ends what it has opened: the file of what is remembered. Connections are closed by whoever made them. */
  close(): Promise<void>;
}

/**
 * Makes the MCP server. Nothing is read, sent or opened before a client calls.
 *
 * @throws {AuraWakeError} CONFIG_INVALID for an option whose value there is not, or that cannot be used; options that there are not are not looked at
 * @see https://modelcontextprotocol.io/specification/2025-11-25
 *
 * @example A server in the client's own process
 * ```ts
 * import { Client } from "@modelcontextprotocol/sdk/client";
 * // @ts-types="@modelcontextprotocol/sdk/inMemory"
 * import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
 * import { createAuraMcpServer } from "aura-wake/mcp";
 *
 * const server = createAuraMcpServer({ credentials: { token: "a-ready-token" }, mode: "wake" });
 * const [near, far] = InMemoryTransport.createLinkedPair();
 * const connected = await server.connect(far);
 * const client = new Client({ name: "my-agent", version: "1.0.0" });
 * await client.connect(near);
 * const { tools } = await client.listTools();
 * if (!tools.some(({ name }) => name === "resume_instance")) throw new Error("it may not wake");
 * await connected.close();
 * await server.close();
 * ```
 */
export function createAuraMcpServer(options: AuraMcpOptions = {}): AuraMcpServer {
  const config = readConfig(options);
  const { clock = systemClock, surroundings = processSurroundings() } = options;
  const log = harmless(options.log);
  const onToolCall = harmless(options.onToolCall);
  const fetch = options.fetch ?? runtimeFetch;
  const sealer = createSealer({ clock });
  const hub = new Hub();
  const folder = options.secretsFolder ?? surroundings.cwd;
  const secretsOf = (isGuest: boolean): SecretSink =>
    options.secrets ?? (isGuest ? noSink : lazyFileSink({ folder, clock }));
  const serveOnce = memoizedTools(config);
  const lost = lostTools(config);
  if (lost.length > 0) {
    log(`warning: ${modeText(config.mode)}: this mode leaves out ${lost.join(", ")}`);
  }
  const opened = openState(options, surroundings);
  const state = async (): Promise<OperateState> => await opened.get();
  const accounts = new Accounts({
    options: { ...options, log, surroundings },
    config,
    clock,
    state,
  });

  return {
    async connect(transport, caller = LOCAL_CALLER) {
      checkNarrowing(caller.narrowing);
      const account = await accounts.of(caller);
      const secrets = secretsOf(account.isGuest);
      const core = createServerCore({
        config,
        account,
        clock,
        fetch,
        secrets,
        sealer,
        log,
        serveTools: serveOnce,
        onToolCall,
      }, caller);
      return await connectSdkServer(core, hub.open(), transport);
    },
    close: () => opened.close(),
  };
}

/** What the host does with what it is told costs no call its result: neither a throw nor a promise that rejects. */
function harmless<Told extends readonly unknown[]>(
  tell: ((...told: Told) => unknown) | undefined,
): (...told: Told) => void {
  return (...told) => void (async () => await tell?.(...told))().catch(() => {});
}
