/**
 * Speaks the protocol for a `ServerCore`. It is the only file that knows both.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25
 * @module
 */
import { Server } from "@modelcontextprotocol/sdk/server";
import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport";
// @ts-types="@modelcontextprotocol/sdk/types"
import {
  CallToolRequestSchema,
  type CallToolResult,
  CompleteRequestSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  type ServerNotification,
  type ServerRequest,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { VERSION } from "../src/version.ts";
import type { Person } from "./consent/question.ts";
import type { ServerCore } from "./core/server-core.ts";
import type { Subscriptions } from "./core/subscriptions.ts";
import { completeArgument } from "./core/complete.ts";
import { listResources, listTemplates, readResource } from "./core/read-resource.ts";
import { cleanText, oneLine } from "./output/clean-text.ts";
import type { Wire } from "./wire.ts";

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

const INVALID_PARAMS = -32602;
const RESOURCE_NOT_FOUND = -32002;
/** Longer than a question may stay open, so that the question's own limit, which says what was not done, comes first. */
const ASK_TIMEOUT_MS = 330_000;

/** A server that is connected. */
export interface ConnectedServer {
  /** For what this adapter does not do. */
  readonly server: Server;
  close(): Promise<void>;
}

/** Makes the server's end of the protocol. Connect it to one transport. */
export function createSdkServer(core: ServerCore, subscriptions: Subscriptions): Server {
  const server = new Server(
    {
      name: "aura-wake",
      title: "Neo4j Aura",
      version: VERSION,
      description: "Wakes and operates Neo4j Aura: instances, imports, GraphQL Data APIs",
      websiteUrl: "https://github.com/aura-wake/aura-wake",
    },
    {
      instructions: core.instructions,
      capabilities: {
        tools: {},
        resources: { subscribe: true },
        prompts: {},
        completions: {},
        logging: {},
      },
    },
  );
  const changed = (uri: string): void => subscriptions.changed(uri);
  const wireOf = (extra: Extra): Wire => openWire(server, extra, core, changed);
  serveTools(server, core, wireOf);
  serveResources(server, core, wireOf, subscriptions);
  servePrompts(server, core, wireOf);
  return server;
}

/** Makes a server and connects it; what was opened for it is closed when the transport closes. */
export async function connectSdkServer(
  core: ServerCore,
  subscriptions: Subscriptions,
  transport: Transport,
): Promise<ConnectedServer> {
  const server = createSdkServer(core, subscriptions);
  server.onclose = () => subscriptions.close();
  await server.connect(transport);
  return { server, close: () => server.close() };
}

function serveTools(
  server: Server,
  core: ServerCore,
  wireOf: (extra: Extra) => Wire,
): void {
  const tools = core.tools.map(({ tool: _tool, ...listed }) => listed);
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const call = core.call(params.name, params.arguments, wireOf(extra));
    if (call === undefined) {
      throw new McpError(INVALID_PARAMS, `Unknown tool: ${named(params.name)}`);
    }
    const { text, structured, isError = false } = await call;
    return {
      content: [{ type: "text", text }],
      ...(structured !== undefined && { structuredContent: structured }),
      ...(isError && { isError }),
    } satisfies CallToolResult;
  });
}

function serveResources(
  server: Server,
  core: ServerCore,
  wireOf: (extra: Extra) => Wire,
  subscriptions: Subscriptions,
): void {
  server.setRequestHandler(ListResourceTemplatesRequestSchema, async () => ({
    resourceTemplates: (await listTemplates(core))
      .map(({ uri, ...words }) => ({ ...words, uriTemplate: uri })),
  }));
  server.setRequestHandler(ListResourcesRequestSchema, async (_request, extra) => ({
    resources: await listResources(core, wireOf(extra)),
  }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }, extra) => {
    const contents = await readResource(core, uri, wireOf(extra));
    if (contents === undefined) {
      throw notFound(uri);
    }
    return { contents: [{ uri, ...contents }] };
  });
  subscriptions.onChange((uri) => server.sendResourceUpdated({ uri }));
  server.setRequestHandler(SubscribeRequestSchema, async ({ params: { uri } }, extra) => {
    // The watch outlives the request that began it; the way back to the client is the session's.
    const wire = { ...wireOf(extra), progress: undefined, person: undefined };
    if (!await subscriptions.subscribe(core, uri, wire)) {
      throw notFound(uri);
    }
    return {};
  });
  server.setRequestHandler(UnsubscribeRequestSchema, ({ params: { uri } }) => {
    subscriptions.unsubscribe(uri);
    return {};
  });
}

function servePrompts(
  server: Server,
  core: ServerCore,
  wireOf: (extra: Extra) => Wire,
): void {
  server.setRequestHandler(ListPromptsRequestSchema, async () => ({
    prompts: (await core.prompts()).map(({ name, title, description, arguments: args }) => ({
      name,
      title,
      description,
      arguments: Object.entries(args).map(([argument, { description, required }]) => ({
        name: argument,
        description,
        required,
      })),
    })),
  }));
  server.setRequestHandler(GetPromptRequestSchema, async ({ params }) => {
    const prompt = (await core.prompts()).find(({ name }) => name === params.name);
    if (prompt === undefined) {
      throw new McpError(INVALID_PARAMS, `Unknown prompt: ${named(params.name)}`);
    }
    const values = params.arguments ?? {};
    for (const [name, { required }] of Object.entries(prompt.arguments)) {
      if (required && !values[name]) {
        throw new McpError(INVALID_PARAMS, `Missing argument: ${name}`);
      }
    }
    for (const name of Object.keys(values)) {
      if (!Object.hasOwn(prompt.arguments, name)) {
        throw new McpError(INVALID_PARAMS, `Unknown argument: ${named(name)}`);
      }
    }
    const text = prompt.write(values);
    return {
      description: prompt.description,
      messages: [{ role: "user", content: { type: "text", text } }],
    };
  });
  server.setRequestHandler(CompleteRequestSchema, async ({ params }, extra) => {
    const { ref, argument, context } = params;
    const values = await completeArgument(
      core,
      ref.type === "ref/prompt" ? { prompt: ref.name } : { resource: ref.uri },
      argument,
      context?.arguments ?? {},
      wireOf(extra),
    );
    return { completion: { values: values.slice(0, 100), total: values.length } };
  });
}

/** What a client sends is text from outside, too: it may have been talked into it. */
function named(name: string): string {
  return oneLine(name, { max: 100 });
}

function notFound(uri: string): McpError {
  return new McpError(RESOURCE_NOT_FOUND, "Resource not found", {
    uri: cleanText(uri, { max: 1_000 }),
  });
}

function openWire(
  server: Server,
  extra: Extra,
  core: ServerCore,
  changed: (uri: string) => void,
): Wire {
  const progressToken = extra._meta?.progressToken;
  let told = 0;
  return {
    signal: extra.signal,
    caller: core.caller.id,
    changed,
    person: personOf(server, extra),
    progress: progressToken === undefined ? undefined : (message) => {
      extra.sendNotification({
        method: "notifications/progress",
        params: { progressToken, progress: ++told, message },
      }).catch(() => {});
    },
  };
}

/** Undefined where the client did not say that it can show forms: without a session it cannot say so. */
function personOf(server: Server, extra: Extra): Person | undefined {
  const { elicitation } = server.getClientCapabilities() ?? {};
  const canAsk = elicitation !== undefined &&
    (elicitation.form !== undefined || elicitation.url === undefined);
  if (!canAsk) return undefined;
  return {
    async ask({ message, typed }, signal) {
      const requestedSchema = typed === undefined ? { type: "object" as const, properties: {} } : {
        type: "object" as const,
        properties: {
          name: { type: "string" as const, title: "Name", description: `Type ${typed}` },
        },
        required: ["name"],
      };
      const { action, content } = await server.elicitInput(
        { mode: "form", message, requestedSchema },
        { relatedRequestId: extra.requestId, signal, timeout: ASK_TIMEOUT_MS },
      );
      const value = content?.["name"];
      return { action, ...(typeof value === "string" && { value }) };
    },
  };
}
