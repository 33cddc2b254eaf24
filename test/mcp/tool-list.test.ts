import { getEncoding } from "js-tiktoken";
import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import process from "node:process";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { AuraMcpOptions } from "../../mcp/mod.ts";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { connectTo } from "./connect.ts";

interface ListedTool {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly inputSchema: Schema;
  readonly outputSchema?: Schema;
  readonly annotations?: Readonly<Record<string, unknown>>;
}

interface Schema {
  readonly type?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
}

const SNAPSHOTS = fileURLToPath(new URL("./tools/snapshots-of-tools", import.meta.url));
const EVERYTHING: AuraMcpOptions = {
  mode: "destructive",
  toolsets: ["core", "instances", "snapshots", "imports", "graphql", "database"],
};

const READ_ONLY = [
  "list_projects",
  "list_instances",
  "get_instance",
  "wait_for_instance",
  "diagnose",
  "list_snapshots",
  "get_import_job",
  "wait_for_import_job",
  "list_known_import_jobs",
  "list_graphql_apis",
  "get_graphql_api",
  "check_type_definitions",
];

const ALL = [
  "list_projects",
  "list_instances",
  "get_instance",
  "wait_for_instance",
  "diagnose",
  "resume_instance",
  "pause_instance",
  "create_instance",
  "update_instance",
  "delete_instance",
  "list_snapshots",
  "create_snapshot",
  "restore_snapshot",
  "overwrite_instance",
  "start_import_job",
  "get_import_job",
  "wait_for_import_job",
  "cancel_import_job",
  "list_known_import_jobs",
  "list_graphql_apis",
  "get_graphql_api",
  "check_type_definitions",
  "deploy_graphql_api",
  "set_graphql_api_state",
  "delete_graphql_api",
  "add_graphql_auth_provider",
  "read_cypher",
  "get_graph_schema",
];

describe("the list of tools", () => {
  let emulator: Emulator;
  before(async () => void (emulator = await startEmulator()));
  after(() => emulator.close());

  async function list(options: AuraMcpOptions): Promise<ListedTool[]> {
    const connected = await connectTo(emulator, options);
    try {
      return (await connected.client.listTools()).tools as ListedTool[];
    } finally {
      await connected.close();
    }
  }

  async function names(options: AuraMcpOptions): Promise<string[]> {
    return (await list(options)).map(({ name }) => name);
  }

  test("is read-only by default, in a fixed order", async () => {
    assert.deepEqual(await names({}), READ_ONLY);
  });

  test("grows with the mode, and the database is a choice of its own", async () => {
    assert.deepEqual(await names({ mode: "wake" }), [
      ...READ_ONLY.slice(0, 5),
      "resume_instance",
      ...READ_ONLY.slice(5),
    ]);
    const write = await names({ mode: "write" });
    for (
      const name of [
        "pause_instance",
        "delete_instance",
        "restore_snapshot",
        "overwrite_instance",
        "delete_graphql_api",
      ]
    ) {
      assert.ok(!write.includes(name), name);
    }
    for (
      const name of [
        "create_instance",
        "update_instance",
        "create_snapshot",
        "start_import_job",
        "deploy_graphql_api",
      ]
    ) {
      assert.ok(write.includes(name), name);
    }
    assert.deepEqual(await names({ ...EVERYTHING }), ALL);
    assert.deepEqual(await names({ ...EVERYTHING, mode: "read", toolsets: ["database"] }), [
      "read_cypher",
      "get_graph_schema",
    ]);
  });

  test("is narrowed by toolsets, tools and exceptions, and carries a prefix", async () => {
    assert.deepEqual(
      await names({
        toolsets: ["snapshots"],
        mode: "destructive",
        excludeTools: ["restore_snapshot"],
      }),
      [
        "list_snapshots",
        "create_snapshot",
        "overwrite_instance",
      ],
    );
    assert.deepEqual(await names({ tools: ["diagnose", "delete_instance"] }), ["diagnose"]);
    assert.deepEqual(await names({ tools: ["diagnose"], prefix: "prod" }), ["prod_diagnose"]);
  });

  test("a scope takes its argument out of every schema, and what reaches beyond it away", async () => {
    const one = await list({ ...EVERYTHING, instance: "demo" });
    for (const { name, inputSchema: { properties = {} } } of one) {
      assert.ok(!("instance" in properties) && !("project" in properties), name);
    }
    assert.ok(!one.some(({ name }) => name === "create_instance"));
    for (
      const { name, inputSchema: { properties = {} } } of await list({
        ...EVERYTHING,
        project: "demo",
      })
    ) {
      assert.ok(!("project" in properties), name);
    }
  });

  test("the same list comes with every connection", async () => {
    assert.equal(JSON.stringify(await list(EVERYTHING)), JSON.stringify(await list(EVERYTHING)));
  });

  test("each tool is as its snapshot says (UPDATE_TOOLS=1 writes them)", async () => {
    const tools = await list(EVERYTHING);
    const files = tools.map(({ name }) => `${name}.json`);
    if (process.env["UPDATE_TOOLS"] === "1") {
      for (const tool of tools) {
        await writeFile(`${SNAPSHOTS}/${tool.name}.json`, `${JSON.stringify(tool, null, 2)}\n`);
      }
    }
    assert.deepEqual((await readdir(SNAPSHOTS)).sort(), files.toSorted());
    for (const tool of tools) {
      const pinned: unknown = JSON.parse(await readFile(`${SNAPSHOTS}/${tool.name}.json`, "utf8"));
      assert.deepEqual(JSON.parse(JSON.stringify(tool)), pinned, tool.name);
    }
  });

  test("each says what clients and models need", async () => {
    for (
      const { name, title = "", description = "", inputSchema, outputSchema, annotations = {} }
        of await list(EVERYTHING)
    ) {
      assert.match(name, /^[a-z]+(?:_[a-z]+)+$|^diagnose$/, name);
      assert.ok(name.length <= 30, name);
      assert.ok(title !== "" && title.length <= 40, name);
      assert.ok(
        description.length >= 40 && description.length <= 1_024,
        `${name}: ${description.length}`,
      );
      assert.equal(inputSchema.type, "object", name);
      assert.equal(inputSchema.additionalProperties, false, name);
      assert.equal(outputSchema?.type, "object", name);
      assert.deepEqual(Object.keys(annotations).sort(), [
        "destructiveHint",
        "idempotentHint",
        "openWorldHint",
        "readOnlyHint",
      ], name);
      for (const [property, schema] of Object.entries(inputSchema.properties ?? {})) {
        assert.ok(schema.description, `${name}.${property} has no description`);
        assert.equal(typeof schema.type, "string", `${name}.${property} has no one type`);
        assert.doesNotMatch(property, /password|secret|token|key$/i, `${name}.${property}`);
      }
      if (annotations["readOnlyHint"]) assert.equal(annotations["destructiveHint"], false, name);
    }
  });

  test("what is marked destructive is what takes something away", async () => {
    const marked = (await list(EVERYTHING)).filter(({ annotations }) =>
      annotations?.["destructiveHint"]
    )
      .map(({ name }) => name);
    assert.deepEqual(marked, [
      "pause_instance",
      "update_instance",
      "delete_instance",
      "restore_snapshot",
      "overwrite_instance",
      "start_import_job",
      "cancel_import_job",
      "deploy_graphql_api",
      "set_graphql_api_state",
      "delete_graphql_api",
    ]);
  });

  test("costs at most 4,000 tokens read-only, and 9,000 with all but the database", async () => {
    const encoding = getEncoding("cl100k_base");
    const cost = (tools: readonly ListedTool[]): number =>
      encoding.encode(JSON.stringify(tools)).length;
    const readOnly = cost(await list({}));
    const most = cost(await list({ mode: "destructive" }));
    assert.ok(readOnly <= 4_000, `${readOnly} tokens`);
    assert.ok(most <= 9_000, `${most} tokens`);
    const longest =
      (await list(EVERYTHING)).map((tool) => ({ name: tool.name, tokens: cost([tool]) }))
        .toSorted((left, right) => right.tokens - left.tokens)[0];
    assert.ok((longest?.tokens ?? 0) <= 1_000, JSON.stringify(longest));
  });
});
