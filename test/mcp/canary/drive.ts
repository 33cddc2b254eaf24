/**
 * A client that uses all there is of a server, and keeps what it is told.
 *
 * @module
 */
import { Client } from "@modelcontextprotocol/sdk/client";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport";
// @ts-types="@modelcontextprotocol/sdk/types"
import {
  type CallToolResult,
  ElicitRequestSchema,
  ResourceUpdatedNotificationSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import { HOSTILE } from "./canaries.ts";
import type { Emitted } from "./emitted.ts";
import { BEGINNING, ENDINGS, ID, type Known, MIDDLE, type Step, STORY } from "./story.ts";

/** Arguments that name something. */
const NAMING = /^(?:instance|source_instance|api|job_id|model_id|snapshot_id|project|name)$/;

/** A client over any transport. */
export interface Driver {
  readonly client: Client;
  /** What could not be done: `tool: text`. */
  readonly failures: string[];
  readonly succeeded: Set<string>;
  /** Where secrets are, as results name it. */
  readonly files: string[];
  /** The beginning of the story: what is done to instances. */
  beginning(): Promise<void>;
  /** What is brought into them and put over them. */
  middle(): Promise<void>;
  /** All that there is beside tools, and what takes away again. */
  ending(): Promise<void>;
  /** Every tool at once, whatever comes of it. */
  allAtOnce(): Promise<void>;
  /** The calls of these tools, one after the other. */
  only(...tools: string[]): Promise<void>;
  /** One call of each of these tools, all at once. */
  eachOnce(...tools: string[]): Promise<void>;
  call(tool: string, args: Record<string, unknown>): Promise<void>;
  /** All that there is beside tools. */
  besides(): Promise<void>;
  /** What nobody should ask for. */
  nonsense(): Promise<void>;
  /** Names that nobody has. */
  strangers(): Promise<void>;
  close(): Promise<void>;
}

/** Connects. The person in front of it agrees to everything, and types what they are asked to. */
export async function drive(
  transport: Transport,
  emitted: Emitted,
  timeoutMs: number = 15_000,
): Promise<Driver> {
  const client = new Client(
    { name: "canary", version: "1.0.0" },
    { capabilities: { elicitation: { form: {} } } },
  );
  const failures: string[] = [];
  const succeeded = new Set<string>();
  const files: string[] = [];
  const known: Known = new Map();

  client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
    emitted.addProse("question", params.message);
    const [, typed] = /type its exact name: (.*)$/.exec(params.message) ?? [];
    return { action: "accept", content: typed === undefined ? {} : { name: typed } };
  });
  client.setNotificationHandler(ResourceUpdatedNotificationSchema, () => {});

  /** Errors of the protocol come out, too. */
  async function attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      emitted.addProse("protocol error", (error as Error).message);
    }
  }

  async function callOnce(
    params: { name: string; arguments: Record<string, unknown> },
  ): Promise<CallToolResult> {
    return await client.callTool(params, undefined, {
      onprogress: ({ message = "" }) => emitted.addProse("progress", message),
      timeout: timeoutMs,
    }) as CallToolResult;
  }

  /** Once more with the token, where there is a preview. */
  async function callOnceOrTwice(
    params: { name: string; arguments: Record<string, unknown> },
  ): Promise<CallToolResult> {
    const result = await callOnce(params);
    const { outcome = "done", message = "", confirm_token: token } = Object(
      result.structuredContent,
    ) as { outcome?: string; message?: string; confirm_token?: string };
    if (outcome !== "done") emitted.addProse(`answer of ${params.name}`, message);
    if (token === undefined) return result;
    return await callOnce({ ...params, arguments: { ...params.arguments, confirm_token: token } });
  }

  async function call({ tool, args, keep }: Step): Promise<void> {
    await attempt(async () => {
      const params = { name: tool, arguments: args(known) };
      const { isError, content, structuredContent } = await callOnceOrTwice(params);
      const text = content.map((each) => each.type === "text" ? each.text : each.type).join("\n");
      if (isError) {
        emitted.addProse(`error of ${tool}`, text);
        failures.push(`${tool}: ${text}`);
      } else if ((structuredContent?.["outcome"] ?? "done") === "done") {
        succeeded.add(tool);
      } else failures.push(`${tool}: ${text}`);
      const file = structuredContent?.["credentials_file"];
      if (typeof file === "string") files.push(file);
      const kept = keep === undefined ? undefined : structuredContent?.[keep];
      if (keep !== undefined && typeof kept === "string") known.set(keep, kept);
    });
  }

  async function resources(): Promise<void> {
    const { resources: listed } = await client.listResources({}, { timeout: timeoutMs });
    await client.listResourceTemplates();
    const uris = [
      ...listed.map(({ uri }) => uri),
      `aura://graphql/${ID.orders}/catalog/schema`,
      `aura://instances/${encodeURIComponent(HOSTILE.slice(0, 20))}`,
      `aura://instances/${HOSTILE}`,
      "aura://instances/ffffffff",
      "aura://import-jobs/%00%E2%80%AE",
      `nobody://${HOSTILE}`,
    ];
    const { graphql_apis: apis = [] } = Object(
      (await callOnce({ name: "list_graphql_apis", arguments: { instance: ID.orders } }))
        .structuredContent,
    ) as { graphql_apis?: { id: string }[] };
    uris.push(...apis.map(({ id }) => `aura://graphql/${ID.orders}/${id}/schema`));
    await Promise.all(uris.map(async (uri) => {
      await attempt(() => client.readResource({ uri }, { timeout: timeoutMs }));
      await attempt(() => client.subscribeResource({ uri }, { timeout: timeoutMs }));
      await attempt(() => client.unsubscribeResource({ uri }));
    }));
  }

  async function prompts(): Promise<void> {
    const { prompts: listed } = await client.listPrompts();
    for (const { name, arguments: args = [] } of listed) {
      for (const value of ["orders", HOSTILE]) {
        const given = Object.fromEntries(args.map((argument) => [argument.name, value]));
        await attempt(async () => {
          const { messages } = await client.getPrompt({ name, arguments: given });
          // The definitions stand in a fence of their own.
          const [text = ""] = messages.map(({ content }) => Object(content).text as string);
          emitted.addProse(`prompt ${name}`, text.replace(/```[\s\S]*```/, ""));
        });
      }
      await attempt(() => client.getPrompt({ name, arguments: {} }));
      await attempt(() => client.getPrompt({ name, arguments: { [HOSTILE]: HOSTILE } }));
      for (const argument of args) {
        for (const value of ["", "e", HOSTILE]) {
          await attempt(() =>
            client.complete({
              ref: { type: "ref/prompt", name },
              argument: { name: argument.name, value },
              context: { arguments: { instance: ID.orders } },
            }, { timeout: timeoutMs })
          );
        }
      }
    }
    await attempt(() => client.getPrompt({ name: HOSTILE }));
  }

  async function completions(): Promise<void> {
    const { resourceTemplates } = await client.listResourceTemplates();
    for (const { uriTemplate: uri } of resourceTemplates) {
      for (const [, name = ""] of uri.matchAll(/\{(\w+)\}/g)) {
        for (const value of ["", "e"]) {
          await attempt(() =>
            client.complete({
              ref: { type: "ref/resource", uri },
              argument: { name, value },
              context: { arguments: { instance: ID.orders } },
            }, { timeout: timeoutMs })
          );
        }
      }
    }
  }

  async function nonsense(): Promise<void> {
    const any = z.record(z.string(), z.unknown());
    await attempt(() => client.setLoggingLevel("debug"));
    await attempt(() => client.callTool({ name: HOSTILE, arguments: {} }));
    await attempt(() => client.request({ method: `no/${HOSTILE}` } as never, any));
    await attempt(() =>
      client.request({ method: "tools/call", params: { name: 7 } } as never, any)
    );
    const strange = { [HOSTILE]: HOSTILE, instance: HOSTILE, job_id: HOSTILE, name: 7 };
    for (const { tool } of STORY) {
      await call({ tool, args: () => strange });
    }
  }

  async function strangers(): Promise<void> {
    for (const { tool, args } of STORY) {
      const known = Object.entries(args(new Map()));
      const named = known.map(([key, value]) => [key, NAMING.test(key) ? HOSTILE : value]);
      await call({ tool, args: () => Object.fromEntries(named) as Record<string, unknown> });
    }
    for (const credential of ["../../etc/passwd", "nobody"]) {
      await call({ tool: "diagnose", args: () => ({ instance: ID.demo, credential }) });
      await call({ tool: "resume_instance", args: () => ({ instance: ID.demo, credential }) });
    }
  }

  async function besides(): Promise<void> {
    await resources();
    await prompts();
    await completions();
  }

  await client.connect(transport);
  emitted.add("instructions", client.getInstructions() ?? "");
  await client.listTools();
  return {
    client,
    failures,
    succeeded,
    files,
    async beginning() {
      for (const step of BEGINNING) await call(step);
    },
    async middle() {
      for (const step of MIDDLE) await call(step);
    },
    async ending() {
      await besides();
      for (const step of ENDINGS) await call(step);
    },
    async allAtOnce() {
      await Promise.all([
        ...STORY.map(call),
        attempt(resources),
        attempt(completions),
      ]);
    },
    async only(...tools) {
      for (const step of STORY) if (tools.includes(step.tool)) await call(step);
    },
    async eachOnce(...tools) {
      const steps = tools.map((name) => STORY.find(({ tool }) => tool === name));
      await Promise.all(steps.map(async (step) => step && await call(step)));
    },
    call: (tool, args) => call({ tool, args: () => args }),
    besides,
    nonsense,
    strangers,
    close: () => client.close(),
  };
}
