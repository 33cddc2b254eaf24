/**
 * Puts together what one caller is offered.
 *
 * @module
 */
import type { Offer } from "../offer.ts";
import type { Prompt, ServedPrompt } from "../prompt.ts";
import type { Resource } from "../resource.ts";
import type { Account } from "./account.ts";
import type { Config } from "./config.ts";
import type { Selection } from "./select-tools.ts";
import type { ServedTool } from "./served-tool.ts";

/** What it is made of. */
export interface OfferParts {
  readonly config: Pick<Config, "confirm" | "noConfirm">;
  readonly selection: Selection;
  readonly tools: readonly ServedTool[];
  readonly account: Pick<Account, "origin">;
}

/** Makes it. */
export function makeOffer({ config, selection, tools, account }: OfferParts): Offer {
  const { mode, scope, toolsets } = selection;
  const names = new Map(tools.map(({ name, tool }) => [tool.name, name]));
  const mayAsk = tools.filter(({ tool }) => tool.asks);
  const isAsking = ({ tool }: ServedTool): boolean => !config.noConfirm.has(tool.name);
  return {
    mode,
    scope,
    toolsets,
    tools: tools.map(({ name }) => name),
    asking: mayAsk.filter(isAsking).map(({ name }) => name),
    unasked: mayAsk.filter((served) => !isAsking(served)).map(({ name }) => name),
    confirm: config.confirm,
    nameOf: (tool) => names.get(tool),
    origin: () => account.origin(),
  };
}

/** The resources of the toolsets that are on. */
export function servedResources(all: readonly Resource[], { toolsets }: Offer): Resource[] {
  return all.filter(({ toolset }) => toolset === undefined || toolsets.includes(toolset));
}

/** The prompts whose tools are there. What the scope decides, nobody is asked for. */
export function servedPrompts(all: readonly Prompt[], offer: Offer): ServedPrompt[] {
  return all
    .filter(({ needs }) => needs.every((tool) => offer.nameOf(tool) !== undefined))
    .map(({ needs: _needs, write, ...prompt }) => {
      const { instance, ...rest } = prompt.arguments;
      return {
        ...prompt,
        arguments: instance === undefined || offer.scope.instance !== undefined
          ? rest
          : prompt.arguments,
        write: (values) => write(values, offer),
      };
    });
}
