/**
 * The commands about GraphQL Data APIs.
 *
 * @module
 */
import type { CommandEntry } from "../command-entry.ts";

/** In the order of the help. */
export const GRAPHQL_ENTRIES: readonly CommandEntry[] = [
  {
    path: "graphql list",
    summary: "List the Data APIs of an instance",
    load: async () => (await import("../commands/graphql-list.ts")).graphqlList,
    examples: ["aura-wake graphql list --instance orders"],
  },
  {
    path: "graphql get",
    summary: "Show a Data API, and what is wrong with its type definitions",
    load: async () => (await import("../commands/graphql-get.ts")).graphqlGet,
    examples: ["aura-wake graphql get movies --types > schema.graphql"],
  },
  {
    path: "graphql create",
    summary: "Create a Data API",
    load: async () => (await import("../commands/graphql-create.ts")).graphqlCreate,
    examples: [
      "aura-wake graphql create --instance orders --name movies --types schema.graphql --wait",
    ],
  },
  {
    path: "graphql update",
    summary: "Change a Data API; it goes on answering meanwhile",
    load: async () => (await import("../commands/graphql-update.ts")).graphqlUpdate,
    examples: ["aura-wake graphql update movies --types schema.graphql --wait"],
  },
  {
    path: "graphql delete",
    summary: "Delete a Data API and its keys",
    load: async () => (await import("../commands/graphql-state.ts")).graphqlDelete,
  },
  {
    path: "graphql pause",
    summary: "Pause a Data API; its instance stays as it is",
    load: async () => (await import("../commands/graphql-state.ts")).graphqlPause,
  },
  {
    path: "graphql resume",
    summary: "Resume a Data API",
    load: async () => (await import("../commands/graphql-state.ts")).graphqlResume,
  },
  {
    path: "graphql auth list",
    summary: "List who may call a Data API",
    load: async () => (await import("../commands/graphql-auth.ts")).graphqlAuthList,
  },
  {
    path: "graphql auth add",
    summary: "Add an API key, or keys that sign tokens",
    load: async () => (await import("../commands/graphql-auth.ts")).graphqlAuthAdd,
    examples: [
      "aura-wake graphql auth add movies --type api-key --name web",
      "aura-wake graphql auth add movies --type jwks --name login --url https://login.example.com/jwks.json",
    ],
  },
  {
    path: "graphql auth remove",
    summary: "Remove one; who signs in by it is locked out",
    load: async () => (await import("../commands/graphql-auth.ts")).graphqlAuthRemove,
  },
  {
    path: "graphql origins list",
    summary: "List the web pages that may call a Data API",
    load: async () => (await import("../commands/graphql-origins.ts")).graphqlOriginsList,
  },
  {
    path: "graphql origins add",
    summary: "Allow one more; the others stay",
    load: async () => (await import("../commands/graphql-origins.ts")).graphqlOriginsAdd,
    examples: ["aura-wake graphql origins add movies https://app.example.com"],
  },
  {
    path: "graphql origins remove",
    summary: "Allow one less; the others stay",
    load: async () => (await import("../commands/graphql-origins.ts")).graphqlOriginsRemove,
  },
];
