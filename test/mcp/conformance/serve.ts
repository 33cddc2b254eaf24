/**
 * Serves the real app with the fixture of the conformance suite: `bun test/mcp/conformance/serve.ts [--stateless]`. Prints its address.
 */
import type { Server } from "@modelcontextprotocol/sdk/server";
import process from "node:process";
import { createAuraMcpServer } from "../../../mcp/mod.ts";
import { serveHttp } from "../../../mcp/http/serve.ts";
import { startEmulator } from "../../../src/emulator/mod.ts";
import { memoryJournal } from "../../../src/store/memory-journal.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import { addFixture } from "./fixture.ts";

const emulator = await startEmulator({ instances: [{ name: "orders", status: "paused" }] });
const variables: Readonly<Record<string, string>> = emulator.env();
const aura = createAuraMcpServer({
  mode: "destructive",
  surroundings: { env: (name) => variables[name], home: undefined, platform: "linux", cwd: "/" },
  state: { store: memoryStore(), journal: memoryJournal() },
});
const { url } = await serveHttp({
  port: 0,
  stateless: process.argv.includes("--stateless"),
  async serve(caller, transport) {
    const connected = await aura.connect(transport, caller);
    addFixture((connected as unknown as { readonly server: Server }).server);
    return connected;
  },
});
process.stdout.write(`${url}\n`);
