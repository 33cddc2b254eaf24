/**
 * The server without a protocol: what one caller can list, call and read.
 *
 * @module
 */
import type { Clock } from "../../src/clock.ts";
import type { SecretSink } from "../../src/operate/secrets/secret-place.ts";
import { type Caller, LOCAL_CALLER } from "../caller.ts";
import { NotConfirmed } from "../consent/question.ts";
import type { Sealer } from "../consent/sealed-token.ts";
import type { Directions } from "../../src/operate/directions.ts";
import { directionsFor } from "../directions.ts";
import { instructionsFor } from "../instructions.ts";
import type { Offer } from "../offer.ts";
import type { AuraMcpOptions, ToolOutcome } from "../options.ts";
import type { ServedPrompt } from "../prompt.ts";
import { PROMPTS } from "../prompts/prompts.ts";
import type { Resource } from "../resource.ts";
import { RESOURCES } from "../resources/resources.ts";
import type { ToolResult, Wire } from "../wire.ts";
import type { Account } from "./account.ts";
import type { Config } from "./config.ts";
import { type OpenCall, openCall } from "./open-call.ts";
import { makeOffer, servedPrompts, servedResources } from "./make-offer.ts";
import { mentions } from "./mention.ts";
import { runTool } from "./run-tool.ts";
import type { ServedTool, ServeTools } from "./served-tool.ts";
import { selectTools } from "./select-tools.ts";

/** What one caller has. */
export interface ServerCore {
  readonly caller: Caller;
  readonly instructions: string;
  readonly tools: readonly ServedTool[];
  readonly resources: readonly Resource[];
  readonly prompts: readonly ServedPrompt[];
  readonly offer: Offer;
  readonly directions: Directions;
  /** Runs a tool by the name under which it is listed; undefined when there is none. Never rejects. */
  call(name: string, args: unknown, wire: Wire): Promise<ToolResult> | undefined;
  /** A context for reads beside tools: resources and completions. */
  open(wire: Wire): OpenCall;
}

/** What it is made of. */
export interface CoreParts {
  readonly config: Config;
  readonly account: Account;
  readonly clock: Clock;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly secrets: SecretSink;
  readonly sealer: Sealer;
  readonly log: (line: string) => void;
  readonly serveTools: ServeTools;
  readonly onToolCall: AuraMcpOptions["onToolCall"];
}

/** Makes it. */
export function createServerCore(parts: CoreParts, caller: Caller = LOCAL_CALLER): ServerCore {
  const { config, account, clock, onToolCall } = parts;
  const selection = selectTools(config, caller.narrowing);
  const { mode, scope } = selection;
  const tools = parts.serveTools(selection);
  const byName = new Map(tools.map((served) => [served.name, served.tool]));
  const offer = makeOffer({ config, selection, tools, account });
  const directions = directionsFor(offer.nameOf);
  const mention = mentions(selection.tools, config.prefix);

  async function counted(
    name: string,
    run: () => Promise<ToolResult>,
    { signal }: Wire,
  ): Promise<ToolResult> {
    const startedAt = clock.now();
    const result = await run();
    onToolCall?.(name, signal.aborted ? "cancelled" : outcomeOf(result), clock.now() - startedAt);
    return result;
  }

  return {
    caller,
    instructions: instructionsFor(offer),
    tools,
    resources: servedResources(RESOURCES, offer),
    prompts: servedPrompts(PROMPTS, offer),
    offer,
    directions,
    call(name, args, wire) {
      const tool = byName.get(name);
      if (tool === undefined) return undefined;
      const run = (): Promise<ToolResult> =>
        runTool(tool, args, wire, { ...parts, mode, scope, directions, mention });
      return onToolCall === undefined ? run() : counted(tool.name, run, wire);
    },
    open(wire) {
      // What reads never asks.
      const confirm = (): Promise<never> =>
        Promise.reject(new NotConfirmed("refused", "Cannot ask anybody while reading"));
      return openCall({ ...parts, wire, mode, scope, directions, confirm });
    },
  };
}

function outcomeOf({ isError, structured }: ToolResult): ToolOutcome {
  if (isError) return "error";
  const outcome = structured?.["outcome"];
  return outcome === "declined" || outcome === "needs_confirmation" ? outcome : "ok";
}
