/**
 * What the official conformance suite calls by name, put beside the server's own tools, prompts and resources. It is mounted on the
 * same app and routes, and never published.
 *
 * @see https://github.com/modelcontextprotocol/conformance
 */
import type { Server } from "@modelcontextprotocol/sdk/server";
import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol";
// @ts-types="@modelcontextprotocol/sdk/types"
import {
  CallToolRequestSchema,
  type CallToolResult,
  CompleteRequestSchema,
  type ContentBlock,
  type ElicitRequestFormParams,
  GetPromptRequestSchema,
  type GetPromptResult,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
  type ReadResourceResult,
  type ServerNotification,
  type ServerRequest,
  SubscribeRequestSchema,
  type Tool,
  UnsubscribeRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;
type Handler = (request: unknown, extra: Extra) => Promise<Record<string, unknown>>;

/** A tool of the suite. */
interface FixtureTool {
  readonly input?: Tool["inputSchema"];
  readonly run: (
    args: Record<string, unknown>,
    extra: Extra,
    server: Server,
  ) => CallToolResult | Promise<CallToolResult>;
}

const RED_PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
const SILENCE = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";
const WATCHED = "test://watched-resource";

const image: ContentBlock = { type: "image", data: RED_PIXEL, mimeType: "image/png" };

const tools: Readonly<Record<string, FixtureTool>> = {
  test_simple_text: { run: () => say("This is a simple text response for testing.") },
  test_image_content: { run: () => ({ content: [image] }) },
  test_audio_content: {
    run: () => ({ content: [{ type: "audio", data: SILENCE, mimeType: "audio/wav" }] }),
  },
  test_embedded_resource: {
    run: () => ({
      content: [
        embedded("test://embedded-resource", "text/plain", "This is an embedded resource content."),
      ],
    }),
  },
  test_multiple_content_types: {
    run: () => ({
      content: [
        { type: "text", text: "Multiple content types test:" },
        image,
        embedded(
          "test://mixed-content-resource",
          "application/json",
          '{"test":"data","value":123}',
        ),
      ],
    }),
  },
  test_tool_with_logging: {
    async run(_args, { sendNotification }) {
      for (
        const data of ["Tool execution started", "Tool processing data", "Tool execution completed"]
      ) {
        await sendNotification({
          method: "notifications/message",
          params: { level: "info", data },
        });
        await pause(50);
      }
      return say("done");
    },
  },
  test_error_handling: {
    run: () => ({
      ...say("This tool intentionally returns an error for testing"),
      isError: true,
    }),
  },
  test_tool_with_progress: {
    async run(_args, { _meta, sendNotification }) {
      const { progressToken } = _meta ?? {};
      for (const progress of [0, 50, 100]) {
        if (progressToken !== undefined) {
          await sendNotification({
            method: "notifications/progress",
            params: { progressToken, progress, total: 100 },
          });
        }
        await pause(50);
      }
      return say("done");
    },
  },
  test_reconnection: {
    async run(_args, extra) {
      extra.closeSSEStream?.();
      await pause(100);
      return say("Reconnection test completed");
    },
  },
  test_sampling: {
    input: { type: "object", properties: { prompt: { type: "string" } }, required: ["prompt"] },
    async run({ prompt }, { requestId }, server) {
      const { content } = await server.createMessage(
        {
          messages: [{ role: "user", content: { type: "text", text: String(prompt) } }],
          maxTokens: 100,
        },
        { relatedRequestId: requestId },
      );
      return say(`LLM response: ${content.type === "text" ? content.text : content.type}`);
    },
  },
  test_elicitation: {
    input: { type: "object", properties: { message: { type: "string" } }, required: ["message"] },
    run: ({ message }, extra, server) =>
      ask(server, extra, "User response", String(message), {
        username: { type: "string", description: "User's response" },
        email: { type: "string", description: "User's email address" },
      }, ["username", "email"]),
  },
  test_elicitation_sep1034_defaults: {
    run: (_args, extra, server) =>
      ask(server, extra, "Elicitation completed", "Check the defaults", {
        name: { type: "string", default: "John Doe" },
        age: { type: "integer", default: 30 },
        score: { type: "number", default: 95.5 },
        status: { type: "string", enum: ["active", "inactive", "pending"], default: "active" },
        verified: { type: "boolean", default: true },
      }),
  },
  test_elicitation_sep1330_enums: {
    run: (_args, extra, server) =>
      ask(server, extra, "Elicitation completed", "Pick", {
        untitledSingle: { type: "string", enum: ["option1", "option2", "option3"] },
        titledSingle: {
          type: "string",
          oneOf: titled(["value1", "First Option"], ["value2", "Second Option"], [
            "value3",
            "Third Option",
          ]),
        },
        legacyEnum: {
          type: "string",
          enum: ["opt1", "opt2", "opt3"],
          enumNames: ["Option One", "Option Two", "Option Three"],
        },
        untitledMulti: {
          type: "array",
          items: { type: "string", enum: ["option1", "option2", "option3"] },
        },
        titledMulti: {
          type: "array",
          items: {
            anyOf: titled(["value1", "First Choice"], ["value2", "Second Choice"], [
              "value3",
              "Third Choice",
            ]),
          },
        },
      }),
  },
};

const resources = [
  { name: "static-text", uri: "test://static-text", description: "Text", mimeType: "text/plain" },
  { name: "static-binary", uri: "test://static-binary", description: "PNG", mimeType: "image/png" },
  { name: "watched", uri: WATCHED, description: "Watched", mimeType: "text/plain" },
];

const prompts = [
  { name: "test_simple_prompt", description: "Simple" },
  {
    name: "test_prompt_with_arguments",
    description: "Arguments",
    arguments: [wanted("arg1"), wanted("arg2")],
  },
  {
    name: "test_prompt_with_embedded_resource",
    description: "Embedded",
    arguments: [wanted("resourceUri")],
  },
  { name: "test_prompt_with_image", description: "Image" },
];

/** Puts the fixture beside what the server has; what is not the fixture's is the server's as before. */
export function addFixture(server: Server): void {
  const own = Object(server)._requestHandlers as ReadonlyMap<string, Handler>;
  const handlerOf = (method: string): Handler => {
    const handler = own.get(method);
    if (handler === undefined) throw new Error(`The server does not answer ${method}`);
    return handler;
  };
  const [
    listTools,
    callTool,
    listResources,
    listTemplates,
    readResource,
    listPrompts,
    getPrompt,
    complete,
  ] = [
    "tools/list",
    "tools/call",
    "resources/list",
    "resources/templates/list",
    "resources/read",
    "prompts/list",
    "prompts/get",
    "completion/complete",
  ].map(handlerOf) as [Handler, Handler, Handler, Handler, Handler, Handler, Handler, Handler];
  const listed = Object.entries(tools).map((
    [name, { input = { type: "object" as const } }],
  ): Tool => ({
    name,
    description: `A fixture of the conformance suite: ${name}`,
    inputSchema: input,
  }));

  server.setRequestHandler(ListToolsRequestSchema, async (request, extra) => {
    const { tools: ours } = await listTools(request, extra) as { readonly tools: readonly Tool[] };
    return { tools: [...ours, ...listed] };
  });
  server.setRequestHandler(CallToolRequestSchema, async (request, extra) => {
    const { name, arguments: args = {} } = request.params;
    const tool = tools[name];
    if (tool === undefined) return await callTool(request, extra);
    return await tool.run(args, extra, server);
  });
  server.setRequestHandler(ListResourcesRequestSchema, async (request, extra) => {
    const { resources: ours } = await listResources(request, extra) as {
      resources: typeof resources;
    };
    return { resources: [...ours, ...resources] };
  });
  server.setRequestHandler(ListResourceTemplatesRequestSchema, async (request, extra) => {
    const { resourceTemplates: ours } = await listTemplates(request, extra) as {
      resourceTemplates: { name: string; uriTemplate: string }[];
    };
    const template = {
      name: "template",
      uriTemplate: "test://template/{id}/data",
      mimeType: "application/json",
    };
    return { resourceTemplates: [...ours, template] };
  });
  server.setRequestHandler(
    ReadResourceRequestSchema,
    async (request, extra) => readFixture(request.params.uri) ?? await readResource(request, extra),
  );
  for (const schema of [SubscribeRequestSchema, UnsubscribeRequestSchema]) {
    const handler = handlerOf(
      schema === SubscribeRequestSchema ? "resources/subscribe" : "resources/unsubscribe",
    );
    server.setRequestHandler(
      schema,
      async (request, extra) => request.params.uri === WATCHED ? {} : await handler(request, extra),
    );
  }
  server.setRequestHandler(ListPromptsRequestSchema, async (request, extra) => {
    const { prompts: ours } = await listPrompts(request, extra) as { prompts: typeof prompts };
    return { prompts: [...ours, ...prompts] };
  });
  server.setRequestHandler(
    GetPromptRequestSchema,
    async (request, extra) =>
      promptOf(request.params.name, request.params.arguments ?? {}) ??
        await getPrompt(request, extra),
  );
  server.setRequestHandler(CompleteRequestSchema, async (request, extra) => {
    const { ref, argument } = request.params;
    if (ref.type !== "ref/prompt" || !ref.name.startsWith("test_")) {
      return await complete(request, extra);
    }
    const values = ["paris", "park", "party"].filter((word) => word.startsWith(argument.value));
    return { completion: { values, total: values.length } };
  });
}

function readFixture(uri: string): ReadResourceResult | undefined {
  const [, id] = /^test:\/\/template\/([^/]+)\/data$/.exec(uri) ?? [];
  if (id !== undefined) {
    const text = JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` });
    return { contents: [{ uri, mimeType: "application/json", text }] };
  }
  if (uri === "test://static-binary") {
    return { contents: [{ uri, mimeType: "image/png", blob: RED_PIXEL }] };
  }
  const text = uri === WATCHED
    ? "Watched"
    : uri === "test://static-text"
    ? "This is the content of the static text resource."
    : undefined;
  return text === undefined ? undefined : { contents: [{ uri, mimeType: "text/plain", text }] };
}

function promptOf(
  name: string,
  args: Readonly<Record<string, string>>,
): GetPromptResult | undefined {
  const user = (...blocks: ContentBlock[]): GetPromptResult => ({
    messages: blocks.map((content) => ({ role: "user", content })),
  });
  const text = (words: string): ContentBlock => ({ type: "text", text: words });
  switch (name) {
    case "test_simple_prompt":
      return user(text("This is a simple prompt for testing."));
    case "test_prompt_with_arguments":
      return user(text(`Prompt with arguments: arg1='${args["arg1"]}', arg2='${args["arg2"]}'`));
    case "test_prompt_with_embedded_resource":
      return user(
        embedded(args["resourceUri"] ?? "", "text/plain", "Embedded resource content for testing."),
        text("Please process the embedded resource above."),
      );
    case "test_prompt_with_image":
      return user(image, text("Please analyze the image above."));
    default:
      return undefined;
  }
}

async function ask(
  server: Server,
  { requestId }: Extra,
  lead: string,
  message: string,
  properties: Record<string, unknown>,
  required: string[] = [],
): Promise<CallToolResult> {
  const requestedSchema = {
    type: "object",
    properties,
    required,
  } as ElicitRequestFormParams["requestedSchema"];
  const { action, content = {} } = await server.elicitInput(
    { mode: "form", message, requestedSchema },
    { relatedRequestId: requestId },
  );
  return say(`${lead}: action=${action}, content=${JSON.stringify(content)}`);
}

function say(text: string): CallToolResult {
  return { content: [{ type: "text", text }] };
}

function embedded(uri: string, mimeType: string, text: string): ContentBlock {
  return { type: "resource", resource: { uri, mimeType, text } };
}

function titled(
  ...pairs: readonly (readonly [string, string])[]
): { const: string; title: string }[] {
  return pairs.map(([value, title]) => ({ const: value, title }));
}

function wanted(name: string): { name: string; required: boolean } {
  return { name, required: true };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
