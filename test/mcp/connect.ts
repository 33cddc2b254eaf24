/**
 * An SDK client that is connected to the server in this process, over the protocol but without a wire.
 *
 * @module
 */
import { Client } from "@modelcontextprotocol/sdk/client";
// @ts-types="@modelcontextprotocol/sdk/inMemory"
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
// @ts-types="@modelcontextprotocol/sdk/types"
import {
  type CallToolResult,
  type ElicitRequest,
  ElicitRequestSchema,
  type ElicitResult,
} from "@modelcontextprotocol/sdk/types.js";
import { type AuraMcpOptions, type Caller, createAuraMcpServer } from "../../mcp/mod.ts";
import type { Emulator } from "../../src/emulator/mod.ts";
import { memoryJournal } from "../../src/store/memory-journal.ts";
import { memoryStore } from "../../src/store/memory.ts";

/** How a test's client is. */
export interface ConnectOptions extends AuraMcpOptions {
  /** The person in front of it. @default the client cannot ask anybody */
  readonly answer?:
    | ((params: ElicitRequest["params"]) => ElicitResult | Promise<ElicitResult>)
    | undefined;
  readonly caller?: Caller;
}

/** A connected client. */
export interface Connected {
  readonly client: Client;
  /** Calls a tool and gives its structured result. Throws an error with the text when it is an error. */
  result(name: string, args?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Calls a tool that is to fail, and gives the text. */
  failure(name: string, args?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

/** Connects to a server whose variables are the emulator's. */
export async function connectTo(
  emulator: Emulator,
  { answer, caller, ...options }: ConnectOptions = {},
): Promise<Connected> {
  const variables: Readonly<Record<string, string | undefined>> = { ...emulator.env() };
  const aura = createAuraMcpServer({
    surroundings: {
      env: (name) => variables[name],
      home: undefined,
      platform: "linux",
      cwd: "/nowhere",
    },
    state: { store: memoryStore(), journal: memoryJournal() },
    ...options,
  });
  const [near, far] = InMemoryTransport.createLinkedPair();
  const connected = await aura.connect(far, caller);
  const client = new Client(
    { name: "test", version: "1.0.0" },
    { capabilities: answer === undefined ? {} : { elicitation: { form: {} } } },
  );
  if (answer !== undefined) {
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => answer(params));
  }
  await client.connect(near);

  async function call(name: string, args: Record<string, unknown> = {}): Promise<CallToolResult> {
    return await client.callTool({ name, arguments: args }) as CallToolResult;
  }

  return {
    client,
    async result(name, args) {
      const { isError, content, structuredContent } = await call(name, args);
      if (isError || structuredContent === undefined) throw new Error(textOf(content));
      return structuredContent;
    },
    async failure(name, args) {
      const { isError, content } = await call(name, args);
      if (!isError) throw new Error(`${name} did not fail: ${textOf(content)}`);
      return textOf(content);
    },
    async close() {
      await client.close();
      await connected.close();
      await aura.close();
    },
  };
}

function textOf(content: CallToolResult["content"]): string {
  return content.map((block) => block.type === "text" ? block.text : block.type).join("\n");
}
