/**
 * Every tool, in an order in which each of them succeeds.
 *
 * @module
 */
import { HOSTILE_TYPES } from "./canaries.ts";

/** The instances. */
export const ID = { orders: "a1b2c3d4", demo: "b2c3d4e5", asleep: "c3d4e5f6", twin: "d4e5f6a7" };
export const MODEL = "66666666-7777-4888-8999-aaaaaaaaaaaa";

/** What earlier steps have told. */
export type Known = Map<string, string>;
type Args = Record<string, unknown>;

/** One call. */
export interface Step {
  readonly tool: string;
  readonly args: (known: Known) => Args;
  /** A field of the result that later steps need. */
  readonly keep?: string;
}

const instance = ID.orders;
const api = "catalog";
const jobOf = (known: Known): Args => ({ job_id: known.get("job_id") ?? "none" });

/** What is done to instances. */
export const BEGINNING: readonly Step[] = [
  { tool: "list_projects", args: () => ({ detail: "full" }) },
  { tool: "list_instances", args: () => ({ detail: "full" }) },
  { tool: "get_instance", args: () => ({ instance }) },
  { tool: "wait_for_instance", args: () => ({ instance, timeout_seconds: 2 }) },
  { tool: "diagnose", args: () => ({ instance, detail: "full" }) },
  { tool: "diagnose", args: () => ({ instance: ID.demo, credential: "demo", detail: "full" }) },
  { tool: "diagnose", args: () => ({ instance: ID.twin, credential: "wrong", detail: "full" }) },
  {
    tool: "resume_instance",
    args: () => ({ instance: ID.asleep, credential: "asleep", timeout_seconds: 10 }),
  },
  { tool: "resume_instance", args: () => ({ instance: ID.twin, credential: "wrong" }) },
  { tool: "update_instance", args: () => ({ instance: ID.asleep, memory: "8GB" }) },
  {
    tool: "create_instance",
    args: () => ({
      name: "made here",
      type: "professional-db",
      region: "europe-west1",
      cloud_provider: "gcp",
      memory: "2GB",
    }),
  },
  { tool: "create_snapshot", args: () => ({ instance, wait: true, timeout_seconds: 3 }) },
  { tool: "list_snapshots", args: () => ({ instance }) },
  {
    tool: "restore_snapshot",
    args: () => ({ instance, snapshot_id: "latest", wait: true, timeout_seconds: 3 }),
  },
  {
    tool: "overwrite_instance",
    args: () => ({
      instance: ID.twin,
      source_instance: instance,
      wait: true,
      timeout_seconds: 3,
    }),
  },
];

/** What is brought into them, and put over them. */
export const MIDDLE: readonly Step[] = [
  {
    tool: "start_import_job",
    args: () => ({ instance: ID.demo, model_id: MODEL, credential: "demo" }),
    keep: "job_id",
  },
  { tool: "get_import_job", args: (known) => ({ ...jobOf(known), progress: true }) },
  { tool: "wait_for_import_job", args: (known) => ({ ...jobOf(known), timeout_seconds: 3 }) },
  {
    tool: "start_import_job",
    args: () => ({ instance, model_id: MODEL, mode: "bulk" }),
    keep: "job_id",
  },
  { tool: "cancel_import_job", args: jobOf },
  { tool: "list_known_import_jobs", args: () => ({}) },
  { tool: "check_type_definitions", args: () => ({ type_definitions: `${HOSTILE_TYPES} type {` }) },
  {
    tool: "deploy_graphql_api",
    args: () => ({
      instance,
      name: api,
      type_definitions: HOSTILE_TYPES,
      credential: "orders",
      timeout_seconds: 3,
    }),
  },
  {
    tool: "deploy_graphql_api",
    args: () => ({
      instance,
      name: api,
      type_definitions: `${HOSTILE_TYPES} type Person @node { name: String }`,
      credential: "orders",
      timeout_seconds: 3,
    }),
  },
  { tool: "list_graphql_apis", args: () => ({ instance }) },
  { tool: "get_graphql_api", args: () => ({ instance, api, include_type_definitions: true }) },
  {
    tool: "add_graphql_auth_provider",
    args: () => ({ instance, api, name: "ci", type: "api-key" }),
  },
  { tool: "get_graph_schema", args: () => ({ instance }) },
  {
    tool: "read_cypher",
    args: () => ({ instance, query: "MATCH (n) RETURN n, $given", params: { given: "x" } }),
  },
];

/** What takes away again. */
export const ENDINGS: readonly Step[] = [
  {
    tool: "set_graphql_api_state",
    args: () => ({ instance, api, action: "pause", timeout_seconds: 3 }),
  },
  { tool: "delete_graphql_api", args: () => ({ instance, api }) },
  { tool: "pause_instance", args: () => ({ instance: ID.asleep }) },
  { tool: "delete_instance", args: () => ({ instance: ID.twin }) },
];

/** All of it. */
export const STORY: readonly Step[] = [...BEGINNING, ...MIDDLE, ...ENDINGS];
