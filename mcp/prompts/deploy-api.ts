/**
 * `deploy-api`
 *
 * @module
 */
import { cleanText } from "../output/clean-text.ts";
import type { Prompt } from "../prompt.ts";
import { completeApiName } from "../resources/schema.ts";
import { given, INSTANCE_ARGUMENT, instanceWords, steps, withTool } from "./steps.ts";

/** Brings a GraphQL Data API to what its type definitions say. */
export const deployApi: Prompt = {
  name: "deploy-api",
  title: "Deploy a GraphQL API",
  description:
    "Deploys a GraphQL Data API over an instance, and waits until it is ready or shows what is wrong.",
  arguments: {
    instance: INSTANCE_ARGUMENT,
    name: {
      description: "Name of the Data API; one that is there is changed",
      required: true,
      complete: completeApiName,
    },
    schema: { description: "Type definitions, as GraphQL SDL", required: false },
  },
  needs: ["deploy_graphql_api"],
  write({ instance, name = "", schema }, offer) {
    const { it, argument, alsoArgument } = instanceWords(instance, offer);
    const text = schema?.trim() ? cleanText(schema) : undefined;
    const found = withTool(
      offer,
      "get_graph_schema",
      (tool) =>
        `Call ${tool}${argument}, write type definitions from what is there, and show them to me.`,
    );
    return steps(
      `Deploy the GraphQL Data API ${given(name)} over ${it}.`,
      [
        text === undefined ? found ?? "Ask me for the type definitions." : undefined,
        withTool(
          offer,
          "check_type_definitions",
          (tool) =>
            `Call ${tool} with the type definitions, and mend what it finds together with me.`,
        ),
        withTool(
          offer,
          "list_graphql_apis",
          (tool) =>
            `Call ${tool}${argument}. If there is one named ${
              given(name)
            }, its type definitions are replaced: tell me so first.`,
        ),
        withTool(
          offer,
          "deploy_graphql_api",
          (tool) =>
            `Call ${tool} with name ${given(name)}${alsoArgument} and the type definitions. ` +
            "If Aura finds them wrong, show me its errors; the API goes on with those that it had.",
        ),
      ],
      [
        "Then tell me its address and status, and where its key was put. Never ask for a key or a password, and never show one.",
        ...(text === undefined ? [] : ["", "The type definitions:", "", fenced(text)]),
      ].join("\n"),
    );
  },
};

/** In a fence that is longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}graphql\n${text}\n${fence}`;
}
