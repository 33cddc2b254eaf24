import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  type Emulator,
  type EmulatorOptions,
  OffsetDateTimeValue,
  startEmulator,
} from "../../../../src/emulator/mod.ts";
import { connectToDatabase, type DatabaseOptions } from "./database-setup.ts";
import { countlessRows, scriptedEngine } from "./scripted-engine.ts";

const MOVIES =
  "CREATE (:Movie {title: 'Heat', year: 1995}), (:Movie {title: 'Ronin', year: 1998}), (:Person {name: 'Al'})";
const TRANSPORTS = [
  { by: "Bolt", overHttp: false },
  { by: "HTTP", overHttp: true },
] as const;

interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly unknown[][];
  readonly truncated?: boolean;
  readonly next_step?: string;
  readonly notes?: readonly string[];
}

interface Caller {
  read(args: Record<string, unknown>): Promise<Rows>;
  refuse(args: Record<string, unknown>): Promise<string>;
}

async function asking(
  emulator: Emulator,
  options: DatabaseOptions,
  ask: (caller: Caller) => Promise<void>,
): Promise<void> {
  const connected = await connectToDatabase(emulator, options);
  try {
    await ask({
      read: async (args) => await connected.result("read_cypher", args) as unknown as Rows,
      refuse: (args) => connected.failure("read_cypher", args),
    });
  } finally {
    await connected.close();
  }
}

async function withEmulator(
  options: EmulatorOptions,
  work: (emulator: Emulator) => Promise<void>,
): Promise<void> {
  const emulator = await startEmulator(options);
  try {
    await work(emulator);
  } finally {
    await emulator.close();
  }
}

for (const { by, overHttp } of TRANSPORTS) {
  describe(`read_cypher over ${by}`, () => {
    let emulator: Emulator;
    before(async () => {
      emulator = await startEmulator({
        instances: [
          { id: "a1b2c3d4", name: "movies", cypher: MOVIES },
          {
            id: "b2c3d4e5",
            name: "other",
            password: "another-password",
            cypher: "CREATE (:Other)",
          },
        ],
      });
    });
    after(() => emulator.close());

    test("read_cypher gives columns and rows", async () => {
      await asking(emulator, { overHttp }, async ({ read }) => {
        const found = await read({
          query:
            "MATCH (m:Movie) WHERE m.year > $after RETURN m.title AS title, m.year ORDER BY title",
          params: { after: 1996 },
        });
        assert.deepEqual(found, { columns: ["title", "m.year"], rows: [["Ronin", 1998]] });
      });
    });

    test("read_cypher gives the columns of no rows", async () => {
      await asking(emulator, { overHttp }, async ({ read }) => {
        const found = await read({ query: "MATCH (m:Nothing) RETURN m" });
        assert.deepEqual(found.rows, []);
      });
    });

    test("read_cypher runs what only reads", async () => {
      await asking(emulator, { overHttp }, async ({ read }) => {
        for (
          const query of [
            "RETURN 1",
            "MATCH (n) RETURN n",
            "// CREATE (n)\nMATCH (n) RETURN n.title AS `set`",
            "CALL db.labels()",
            "SHOW INDEXES",
            "MATCH (m:Movie) OPTIONAL MATCH (m)--(p) RETURN m.title, count(p)",
            "UNWIND [3, 1, 2] AS n RETURN DISTINCT n ORDER BY n SKIP 1 LIMIT 1",
            "MATCH (n:Movie) RETURN n.title AS t UNION MATCH (n:Person) RETURN n.name AS t",
            "RETURN 1;",
          ]
        ) {
          const { columns } = await read({ query });
          assert.ok(Array.isArray(columns), query);
        }
      });
    });

    test("read_cypher refuses what writes, and nothing is changed", async () => {
      await asking(emulator, { overHttp }, async ({ read, refuse }) => {
        const everything = { query: "MATCH (n) RETURN count(n) AS count" };
        const before = await read(everything);
        for (
          const query of [
            "CREATE (:New)",
            "CREATE (n:New) RETURN n",
            "MATCH (n) SET n.x = 1",
            "MATCH (n) REMOVE n.title RETURN n",
            "MATCH (n) DETACH DELETE n",
            "MERGE (n:New {x: 1}) RETURN n",
            "FOREACH (x IN [1] | CREATE (:New {x: x}))",
            "MATCH (n) CALL { CREATE (:New) } RETURN n",
            "/* MATCH */ CREATE (:New)",
            "CYPHER 5 CREATE (:New)",
            "EXPLAIN CREATE (:New)",
            "CREATE INDEX new FOR (m:Movie) ON (m.title)",
            "DROP INDEX new IF EXISTS",
            "CALL apoc.create.node(['New'], {}) YIELD node RETURN node",
            "CALL `apoc`.refactor.rename.label('Movie', 'Film')",
          ]
        ) {
          const text = await refuse({ query });
          assert.match(text, /only what reads is run/, `${query}: ${text}`);
        }
        assert.deepEqual(await read(everything), before);
      });
    });

    test("read_cypher refuses what reads from elsewhere", async () => {
      await asking(emulator, { overHttp }, async ({ refuse }) => {
        for (
          const query of [
            "LOAD CSV FROM 'https://example.com/?secret' AS row RETURN row",
            "CALL apoc.load.json('https://example.com/') YIELD value RETURN value",
            "CALL apoc.cypher.run('MATCH (n) RETURN n', {}) YIELD value RETURN value",
          ]
        ) {
          assert.match(await refuse({ query }), /only what reads is run/, query);
        }
      });
    });

    test("read_cypher leaves several statements, other databases and commands to the server's refusal", async () => {
      await asking(emulator, { overHttp }, async ({ refuse }) => {
        for (
          const query of [
            "RETURN 1; CREATE (:New)",
            "RETURN 1; RETURN 2",
            "USE other MATCH (n) RETURN n",
            "PROFILE MATCH (n) RETURN n",
          ]
        ) {
          assert.match(await refuse({ query }), /Neo\.ClientError\.Statement\./, query);
        }
        assert.match(
          await refuse({ query: "CREATE USER eve SET PASSWORD 'secret'" }),
          /only what reads is run/,
        );
      });
    });

    test("read_cypher tells what the database says is wrong, as data and without a stack", async () => {
      await asking(emulator, { overHttp }, async ({ refuse }) => {
        const text = await refuse({ query: "MATCH (n) RETURN m" });
        assert.match(text, /Cannot run the query:/);
        assert.match(text, /Neo\.ClientError\.Statement\.SyntaxError: .*'m'/);
        assert.match(text, /comes from outside/);
        assert.doesNotMatch(text, /\bat .*\.ts|node_modules|Error:\s+at/);
      });
    });

    test("read_cypher gives no more rows than the limit, and says so", async () => {
      await asking(emulator, { overHttp }, async ({ read }) => {
        const found = await read({ query: "UNWIND range(1, 500) AS n RETURN n", limit: 7 });
        assert.deepEqual(found.rows, [[1], [2], [3], [4], [5], [6], [7]]);
        assert.equal(found.truncated, true);
        assert.match(found.next_step ?? "", /more than 7 rows/);
        const all = await read({ query: "UNWIND range(1, 7) AS n RETURN n", limit: 7 });
        assert.equal(all.rows.length, 7);
        assert.equal(all.truncated, undefined);
      });
    });

    test("read_cypher gives what JSON cannot hold as text", async () => {
      const values = [
        9_007_199_254_740_993n,
        NaN,
        Infinity,
        new Uint8Array([1, 2, 3]),
        new OffsetDateTimeValue(1_700_000_000n, 0, 3_600),
        [1n, [2.5, null]],
      ];
      const columns = values.map((_value, index) => `c${index}`);
      const engine = scriptedEngine(() => [values], { columns });
      await withEmulator(
        { instances: [{ id: "a1b2c3d4", engine }] },
        (scripted) =>
          asking(scripted, { overHttp }, async ({ read }) => {
            const found = await read({ query: "RETURN values" });
            assert.deepEqual(found.rows, [[
              "9007199254740993",
              "NaN",
              "Infinity",
              "AQID",
              "2023-11-14T23:13:20+01:00",
              [1, [2.5, null]],
            ]]);
          }),
      );
    });

    test("read_cypher shortens vectors, and says so", async () => {
      const vector = Array.from({ length: 1_536 }, (_item, index) => index / 8);
      const engine = scriptedEngine(() => [[{ embedding: vector, title: "Heat" }]]);
      await withEmulator(
        { instances: [{ id: "a1b2c3d4", engine }] },
        (scripted) =>
          asking(scripted, { overHttp }, async ({ read }) => {
            const found = await read({ query: "MATCH (n) RETURN n" });
            const embedding = [0, 0.125, 0.25, "… 1533 more numbers"];
            assert.deepEqual(found.rows, [[{ embedding, title: "Heat" }]]);
            assert.match(String(found.notes), /numbers are shortened/);
          }),
      );
    });

    test("read_cypher runs with read access, whatever the database says of the query", async () => {
      const engine = scriptedEngine(() => [[1n]]);
      await withEmulator(
        { instances: [{ id: "a1b2c3d4", engine }] },
        (scripted) =>
          asking(scripted, { overHttp }, async ({ read }) => {
            await read({ query: "MATCH (n) RETURN n" });
            assert.deepEqual(engine.explained, ["MATCH (n) RETURN n"]);
            assert.deepEqual(engine.ran, [{ cypher: "MATCH (n) RETURN n", access: "read" }]);
          }),
      );
    });

    test("read_cypher never signs in to one instance with the login of another", async () => {
      const engine = scriptedEngine(() => [[1n]]);
      const instances = [{ id: "a1b2c3d4" }, { id: "b2c3d4e5", name: "other", engine }];
      await withEmulator({ instances }, (two) =>
        asking(two, { overHttp }, async ({ refuse }) => {
          const text = await refuse({ instance: "other", query: "RETURN 1" });
          assert.match(
            text,
            /Cannot connect to other \(b2c3d4e5\): the login .* is another instance's/,
          );
          assert.match(text, /Next: give credential/);
          assert.deepEqual(engine.explained, []);
        }));
    });

    test("read_cypher ends a query that takes too long", async () => {
      const engine = scriptedEngine(() => new Promise(() => {}));
      await withEmulator(
        { instances: [{ id: "a1b2c3d4", engine }] },
        (scripted) =>
          asking(scripted, { overHttp }, async ({ refuse }) => {
            const text = await refuse({ query: "MATCH (n) RETURN n", timeout_seconds: 1 });
            assert.match(text, /Cannot run the query/);
            assert.match(text, /gives it longer/);
            if (!overHttp) assert.equal(engine.rollbacks, 1);
          }),
      );
    });
  });
}

describe("read_cypher", () => {
  test("read_cypher takes a handful of ten million rows", async () => {
    const seen = { most: 0 };
    const engine = scriptedEngine(() => countlessRows(seen));
    await withEmulator(
      { instances: [{ id: "a1b2c3d4", engine }] },
      (emulator) =>
        asking(emulator, {}, async ({ read }) => {
          const found = await read({ query: "MATCH (n) RETURN n", limit: 10 });
          assert.equal(found.rows.length, 10);
          assert.equal(found.truncated, true);
          assert.ok(seen.most < 200, `${seen.most} rows were sent`);
        }),
    );
  });

  test("read_cypher stops at a megabyte of rows", async () => {
    const long = "x".repeat(100_000);
    const engine = scriptedEngine(() => Array.from({ length: 1_000 }, () => [long]));
    await withEmulator(
      { instances: [{ id: "a1b2c3d4", engine }] },
      (emulator) =>
        asking(emulator, {}, async ({ read }) => {
          const found = await read({ query: "MATCH (n) RETURN n", limit: 1_000 });
          assert.ok(found.rows.length < 12);
          assert.equal(found.truncated, true);
          assert.match(found.next_step ?? "", /too big to read on/);
        }),
    );
  });

  test("read_cypher refuses a step that it does not know, over HTTP alone", async () => {
    const engine = scriptedEngine(() => [[1n]], { operator: "SetFoo" });
    await withEmulator({ instances: [{ id: "a1b2c3d4", engine }] }, async (emulator) => {
      await asking(emulator, { overHttp: true }, async ({ refuse }) => {
        assert.match(await refuse({ query: "RETURN 1" }), /SetFoo is not known to only read/);
      });
      assert.deepEqual(engine.ran, []);
      await asking(emulator, {}, async ({ read }) => {
        assert.deepEqual((await read({ query: "RETURN 1" })).rows, [[1]]);
      });
    });
  });

  test("read_cypher says who wakes a paused instance, where this server may not", async () => {
    await withEmulator(
      { instances: [{ id: "a1b2c3d4", name: "movies", status: "paused" }] },
      async (emulator) => {
        await asking(emulator, { mode: "read" }, async ({ refuse }) => {
          const text = await refuse({ query: "RETURN 1" });
          assert.match(text, /Cannot query movies \(a1b2c3d4\): it is paused/);
          assert.match(text, /Next: this server may not wake it: .*--allow-wake/);
          assert.match(text, /--allow-wake/);
        });
        assert.equal(emulator.status(), "paused");
        assert.deepEqual(emulator.requests("POST /v1/instances/a1b2c3d4/resume"), []);
      },
    );
  });

  for (const { by, overHttp } of TRANSPORTS) {
    test(`read_cypher wakes first where the server may, over ${by}`, async () => {
      await withEmulator(
        {
          resumeMs: 300,
          instances: [{ id: "a1b2c3d4", name: "movies", status: "paused", cypher: MOVIES }],
        },
        async (emulator) => {
          const connected = await connectToDatabase(emulator, { mode: "wake", overHttp });
          const told: number[] = [];
          const { structuredContent } = await connected.client.callTool(
            {
              name: "read_cypher",
              arguments: { query: "MATCH (m:Movie) RETURN m.title AS title ORDER BY title" },
            },
            undefined,
            { onprogress: ({ progress }) => void told.push(progress) },
          );
          assert.deepEqual(
            (structuredContent as Rows | undefined)?.rows,
            [["Heat"], ["Ronin"]],
          );
          assert.ok(told.length > 0);
          assert.deepEqual(told, [...told].sort((left, right) => left - right));
          await connected.close();
        },
      );
    });
  }

  test("read_cypher signs in with a named login", async () => {
    await withEmulator(
      {
        instances: [
          { id: "a1b2c3d4" },
          {
            id: "b2c3d4e5",
            name: "other",
            password: "another-password",
            cypher: "CREATE (:Other)",
          },
        ],
      },
      async (emulator) => {
        const variables = {
          AURA_WAKE_DB_SECOND_USERNAME: "neo4j",
          AURA_WAKE_DB_SECOND_PASSWORD: "another-password",
          AURA_WAKE_DB_SECOND_INSTANCEID: "b2c3d4e5",
        };
        await asking(emulator, { variables }, async ({ read, refuse }) => {
          const query = "MATCH (n) RETURN labels(n) AS labels";
          const found = await read({ instance: "other", credential: "second", query });
          assert.deepEqual(found.rows, [[["Other"]]]);
          assert.match(
            await refuse({ instance: "a1b2c3d4", credential: "second", query }),
            /is another instance's/,
          );
          assert.match(await refuse({ credential: "third", query }), /"third"/);
        });
      },
    );
  });

  test("read_cypher says so where the login is refused, and not with what", async () => {
    await withEmulator({ instances: [{ id: "a1b2c3d4" }] }, (emulator) =>
      asking(
        emulator,
        { variables: { NEO4J_PASSWORD: "canary-password" } },
        async ({ refuse }) => {
          const text = await refuse({ query: "RETURN 1" });
          assert.match(text, /Neo\.ClientError\.Security\.Unauthorized/);
          assert.doesNotMatch(text, /canary-password/);
        },
      ));
  });

  test("read_cypher lends no login to a caller with an Aura key of its own", async () => {
    const engine = scriptedEngine(() => [[1n]]);
    await withEmulator({ instances: [{ id: "a1b2c3d4", engine }] }, (emulator) =>
      asking(
        emulator,
        {
          caller: {
            id: "guest",
            aura: { clientId: "local-aura-client", clientSecret: "local-aura-secret" },
          },
        },
        async ({ refuse }) => {
          const text = await refuse({ instance: "a1b2c3d4", query: "RETURN 1" });
          assert.match(text, /not for callers with an Aura key of their own/);
          assert.deepEqual(engine.explained, []);
        },
      ));
  });

  test("read_cypher ends the query when its call is cancelled", async () => {
    let begun = (): void => {};
    const running = new Promise<void>((resolve) => begun = resolve);
    const engine = scriptedEngine(() => {
      begun();
      return new Promise(() => {});
    });
    await withEmulator({ instances: [{ id: "a1b2c3d4", engine }] }, async (emulator) => {
      const connected = await connectToDatabase(emulator);
      const cancel = new AbortController();
      const call = connected.client.callTool(
        { name: "read_cypher", arguments: { query: "MATCH (n) RETURN n" } },
        undefined,
        { signal: cancel.signal },
      );
      await running;
      cancel.abort();
      await assert.rejects(call);
      while (engine.rollbacks === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      await connected.close();
    });
  });

  test("read_cypher has no argument for what the server is narrowed to", async () => {
    await withEmulator(
      { instances: [{ id: "a1b2c3d4", cypher: MOVIES }, { id: "b2c3d4e5" }] },
      async (emulator) => {
        const connected = await connectToDatabase(emulator, { instance: "a1b2c3d4" });
        const { tools } = await connected.client.listTools();
        const [tool] = tools;
        assert.equal(Object.hasOwn(tool?.inputSchema.properties ?? {}, "instance"), false);
        const query = "MATCH (n) RETURN count(n) AS count";
        assert.deepEqual((await connected.result("read_cypher", { query }))["rows"], [[3]]);
        assert.match(
          await connected.failure("read_cypher", { query, instance: "b2c3d4e5" }),
          /there is no argument "instance"/,
        );
        await connected.close();
      },
    );
  });

  test("read_cypher is there only when its toolset is", async () => {
    await withEmulator({ instances: [{ id: "a1b2c3d4" }] }, async (emulator) => {
      const connected = await connectToDatabase(emulator, { toolsets: undefined });
      const { tools } = await connected.client.listTools();
      assert.equal(tools.some(({ name }) => name === "read_cypher"), false);
      await connected.close();
    });
  });
});
