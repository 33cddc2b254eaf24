/**
 * The server without a protocol: what one caller can list, call and read.
 *
 * @module
 */
import type { Clock } from "../../src/clock.ts";
import type { SecretSink } from "../../src/operate/secrets/secret-place.ts";
import { type Caller, LOCAL_CALLER } from "../caller.ts";
import type { Sealer } from "../consent/sealed-token.ts";
import type { Directions } from "../../src/operate/directions.ts";
import { directionsFor } from "../directions.ts";
import { instructionsFor } from "../instructions.ts";
import type { Offer } from "../offer.ts";
import type { AuraMcpOptions, ToolOutcome } from "../options.ts";
import type { ServedPrompt } from "../prompt.ts";
import type { Resource } from "../resource.ts";
import type { ToolResult, Wire } from "../wire.ts";
import type { Account } from "./account.ts";
import type { Config } from "./config.ts";
import type { OpenCall } from "./open-call.ts";
import { makeOffer, servedPrompts, servedResources } from "./make-offer.ts";
import { TOOLS } from "./catalogue.ts";
import { spokenOf } from "./mention.ts";
import type { ServedTool, ServeTools } from "./served-tool.ts";
import { selectTools } from "./select-tools.ts";

/** What one caller has. */
export interface ServerCore {
  readonly caller: Caller;
  readonly instructions: string;
  readonly tools: readonly ServedTool[];
  /** Loaded when somebody asks for them, as the prompts are: tools are what every client asks for. */
  resources(): Promise<readonly Resource[]>;
  prompts(): Promise<readonly ServedPrompt[]>;
  readonly offer: Offer;
  readonly directions: Directions;
  /** Runs a tool by the name under which it is listed; undefined when there is none. Never rejects. */
  call(name: string, args: unknown, wire: Wire): Promise<ToolResult> | undefined;
  /** A context for reads beside tools: resources and completions. */
  open(wire: Wire): Promise<OpenCall>;
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
  readonly onToolCall: NonNullable<AuraMcpOptions["onToolCall"]>;
}

/** Makes it. */
export function createServerCore(parts: CoreParts, caller: Caller = LOCAL_CALLER): ServerCore {
  const { config, account, clock, onToolCall } = parts;
  const selection = selectTools(config, caller.narrowing);
  const { mode, scope } = selection;
  const pin = {};
  const tools = parts.serveTools(selection);
  const byName = new Map(tools.map((served) => [served.name, served.tool]));
  const offer = makeOffer({ config, selection, tools, account });
  const mention = spokenOf(selection.tools, TOOLS, config.prefix);
  const directions = directionsFor(mention);

  async function counted(
    name: string,
    run: () => Promise<ToolResult>,
    { signal }: Wire,
  ): Promise<ToolResult> {
    const startedAt = clock.now();
    const result = await run();
    onToolCall(name, signal.aborted ? "cancelled" : outcomeOf(result), clock.now() - startedAt);
    return result;
  }

  return {
    caller,
    instructions: instructionsFor(offer),
    tools,
    async resources() {
      const { RESOURCES } = await import("../resources/resources.ts");
      return servedResources(RESOURCES, offer);
    },
    async prompts() {
      const { PROMPTS } = await import("../prompts/prompts.ts");
      return servedPrompts(PROMPTS, offer);
    },
    offer,
    directions,
    call(name, args, wire) {
      const tool = byName.get(name);
      if (tool === undefined) return undefined;
      const run = async (): Promise<ToolResult> => {
        const { runTool } = await import("./run-tool.ts");
        return await runTool(tool, args, wire, { ...parts, mode, scope, pin, directions, mention });
      };
      return counted(tool.name, run, wire);
    },
    async open(wire) {
      const { openReading } = await import("./open-call.ts");
      return openReading({ ...parts, wire, mode, scope, pin, directions });
    },
  };
}

function outcomeOf({ isError, structured }: ToolResult): ToolOutcome {
  if (isError) return "error";
  const outcome = structured?.["outcome"];
  return outcome === "declined" || outcome === "needs_confirmation" || outcome === "failed"
    ? outcome
    : "ok";
}
