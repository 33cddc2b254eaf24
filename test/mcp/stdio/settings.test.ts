import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../../src/emulator/mod.ts";
import { DENO_MCP_PERMISSIONS, type Entry, type RunningServer, startServer } from "./process.ts";

interface Told {
  readonly mode: string;
  readonly toolsets: readonly string[];
  readonly tools: readonly string[];
  readonly scope: unknown;
  readonly confirm: unknown;
}

/** What the server itself says that it may do. */
async function configOf(server: RunningServer): Promise<Told> {
  const { result } = await server.request("resources/read", { uri: "aura://config" });
  const [{ text = "" } = {}] = Object(result).contents as readonly { readonly text?: string }[];
  return JSON.parse(text) as Told;
}

for (const entry of ["mcp/stdio.ts", "aura-wake mcp"] as const satisfies readonly Entry[]) {
  describe(`the settings of ${entry}`, () => {
    let emulator: Emulator;
    let folder: string;
    before(async () => {
      emulator = await startEmulator({
        instances: ["orders", "stock", "people"].map((name) => ({ name, type: "professional-db" })),
      });
      folder = await mkdtemp(join(tmpdir(), "aura-wake-mcp-"));
    });
    after(async () => {
      await emulator.close();
      await rm(folder, { recursive: true });
    });

    async function started(
      flags: readonly string[],
      env: Readonly<Record<string, string>> = {},
    ): Promise<RunningServer> {
      const server = startServer(flags, { ...emulator.env(), ...env }, DENO_MCP_PERMISSIONS, entry);
      await server.initialize({ elicitation: { form: {} } });
      return server;
    }

    test("each --allow-… allows what it says", async () => {
      const added = {
        "--allow-wake": "resume_instance",
        "--allow-write": "create_instance",
        "--allow-destructive": "delete_instance",
      };
      const known: string[] = [];
      for (const [flag, tool] of Object.entries(added)) {
        await using server = await started([flag]);
        const { tools } = await configOf(server);
        known.push(tool);
        assert.deepEqual(Object.values(added).filter((name) => tools.includes(name)), known, flag);
      }
    });

    test("flags narrow the tools, and name them", async () => {
      await using server = await started([
        "--allow-destructive",
        "--toolsets=core,instances,database",
        "--exclude-tools",
        "diagnose,create_instance",
        "--tools=list_instances,diagnose,pause_instance,read_cypher,list_snapshots",
        "--prefix=prod",
      ]);
      assert.deepEqual((await configOf(server)).tools, [
        "prod_list_instances",
        "prod_pause_instance",
        "prod_read_cypher",
      ]);
    });

    test("--no-confirm takes a tool out of what asks, in both spellings", async () => {
      const spellings = {
        stock: ["--no-confirm=pause_instance"],
        people: ["--no-confirm", "pause_instance"],
      };
      for (const [instance, flags] of Object.entries(spellings)) {
        await using server = await started(["--allow-destructive", ...flags]);
        const { result } = await server.request("tools/call", {
          name: "pause_instance",
          arguments: { instance },
        });
        assert.equal(Object(result).isError, undefined, JSON.stringify(result));
        assert.equal(Object(result).structuredContent.outcome, "done");
        const { status } = emulator.instances().find(({ name }) => name === instance) ?? {};
        assert.match(status ?? "", /^paus/);
      }
    });

    test("--confirm=token gives a preview instead of a question", async () => {
      await using server = await started(["--allow-destructive", "--confirm=token"]);
      const { result } = await server.request("tools/call", {
        name: "delete_instance",
        arguments: { instance: "orders" },
      });
      assert.equal(Object(result).structuredContent.outcome, "needs_confirmation");
    });

    test("--project and --instance narrow it", async () => {
      await using server = await started(["--instance=orders", "--project", "Local"]);
      const { scope } = await configOf(server);
      assert.deepEqual(scope, { project: "Local", instance: "orders" });
    });

    test("--secrets-folder is where a new password goes", async () => {
      await using server = await started(["--allow-write", "--secrets-folder", folder]);
      const { result } = await server.request("tools/call", {
        name: "create_instance",
        arguments: { name: `new-${entry.length}`, type: "free-db" },
      });
      const path = String(Object(result).structuredContent?.credentials_file);
      assert.ok(path.startsWith(folder), JSON.stringify(result));
      assert.ok((await readdir(folder)).some((file) => path.endsWith(file)));
    });

    test("variables say it where no flag does", async () => {
      const env = {
        AURA_WAKE_MCP_MODE: "write",
        AURA_WAKE_MCP_TOOLSETS: "snapshots",
        NEO4J_NAMESPACE: "two",
      };
      await using byVariables = await started([], env);
      assert.deepEqual((await configOf(byVariables)).tools, [
        "two_list_snapshots",
        "two_create_snapshot",
      ]);
      await using byFlags = await started(
        ["--toolsets=core", "--prefix=one", "--tools=diagnose"],
        env,
      );
      assert.deepEqual((await configOf(byFlags)).tools, ["one_diagnose"]);
    });

    test("those of HTTP, and of others' servers, change nothing on standard input and output", async () => {
      await using server = await started([], {
        NEO4J_TRANSPORT: "http",
        NEO4J_MCP_SERVER_PORT: "many",
        NEO4J_READ_ONLY: "true",
      });
      assert.ok((await configOf(server)).tools.includes("list_instances"));
    });
  });
}
