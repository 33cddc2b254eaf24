import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { cypherStatements } from "../../src/cli/emulator/cypher-statements.ts";
import { exportLines } from "../../src/cli/output/export-lines.ts";
import { connect, fromEnv } from "../../src/neo4j/mod.ts";
import { errorOf, runCli } from "./process.ts";
import { startCli } from "./running.ts";

/** The variables of lines to export, as a shell reads them. */
async function sourced(lines: string, names: readonly string[]): Promise<Record<string, string>> {
  const { stdout } = await promisify(execFile)("bash", [
    "-c",
    `eval "$1"; shift; for name; do printf '%s=%s\\0' "$name" "\${!name}"; done`,
    "bash",
    lines,
    ...names,
  ]);
  return Object.fromEntries(
    stdout.split("\0").filter((line) => line !== "").map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

/** Whether there is the program that runs another one in a terminal. */
async function hasTerminals(): Promise<boolean> {
  return await promisify(execFile)("script", ["--version"]).then(() => true, () => false);
}

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

const VARIABLES = [
  "NEO4J_URI",
  "NEO4J_USERNAME",
  "NEO4J_PASSWORD",
  "NEO4J_DATABASE",
  "AURA_INSTANCEID",
  "AURA_INSTANCENAME",
  "AURA_CLIENT_ID",
  "AURA_CLIENT_SECRET",
  "AURA_BASE_URL",
  "AURA_AUTH_URL",
  "AURA_WAKE_QUERY_API_URL",
];

describe("emulator", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "aura-wake-emulator-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test("--env prints lines to export that lead to a seeded database, obeys words, and Ctrl-C is exit code 0", async () => {
    const seed = join(folder, "movies.cypher");
    await writeFile(
      seed,
      "// two statements\nCREATE (:Movie {title: 'Heat; or: http://x'});\n/* and */ MERGE (:Movie {title: 'Ronin'});\n",
    );
    await using running = await startCli(
      ["emulator", "--env", "--seed", seed, "--resume-seconds", "0.05"],
    );
    await running.until(/Ctrl-C ends it/);
    assert.match(
      running.printed.stderr,
      /^The local Aura is up: demo \([0-9a-f]{8}\): running\. Type pause, resume or status, with a name if you like; Ctrl-C ends it\n$/,
    );
    const lines = running.printed.stdout.trimEnd().split("\n");
    assert.deepEqual(
      lines.map((line) => /^export (\w+)='.*'$/.exec(line)?.[1]),
      VARIABLES,
    );
    const env = await sourced(running.printed.stdout, VARIABLES);
    assert.deepEqual(
      [env["NEO4J_PASSWORD"], env["AURA_INSTANCENAME"]],
      ["local-aura-password", "demo"],
    );

    running.type("pause");
    await running.until(/: pausing\n.*: paused\n/);
    running.type("status demo");
    await running.until(/: paused\n.*: paused\n/);
    const db = connect(fromEnv(env));
    try {
      const rows = await db.read("MATCH (m:Movie) RETURN m.title AS title ORDER BY title");
      assert.deepEqual(rows, [{ title: "Heat; or: http://x" }, { title: "Ronin" }]);
    } finally {
      await db.close();
    }
    running.type("pause");
    await running.until(/(?:: paused\n[^]*){3}/);
    running.type("resume demo");
    await running.until(/: resuming\n.*: running\n/);
    running.type("paus");
    await running.until(/did you mean pause\?/);
    running.type("pause nobody");
    await running.until(/There is no instance "nobody"; there are demo/);

    running.child.kill("SIGINT");
    assert.equal((await running.ended).code, 0);
    await assert.rejects(fetch(env["AURA_BASE_URL"] ?? ""), "the port is free again");
  });

  test("the end of its input does not end it; SIGTERM does, in the middle of a resume too", async () => {
    await using running = await startCli(["emulator", "--json", "--paused", "--quiet"]);
    running.type("resume");
    running.child.stdin?.end();
    await running.until(/\n}\n/);
    const { data } = JSON.parse(running.printed.stdout) as {
      data: { url: string; instances: { status: string; env: Record<string, string> }[] };
    };
    assert.deepEqual(Object.keys(data), ["url", "instances"]);
    assert.equal(data.instances[0]?.env["AURA_BASE_URL"], data.url);
    assert.deepEqual(Object.keys(data.instances[0]?.env ?? {}), VARIABLES);
    const response = await fetch(`${data.url}/v1/instances`);
    await response.body?.cancel();
    assert.equal(response.status, 401);
    running.child.kill("SIGTERM");
    const { code, stderr } = await running.ended;
    assert.deepEqual([code, stderr], [0, ""]);
  });

  test("--instances takes a count or names; --type, --pause-mode, --username and NEO4J_PASSWORD set them up", async () => {
    await using running = await startCli([
      "emulator",
      "--instances=orders, stock",
      "--type",
      "professional-db",
      "--pause-mode",
      "unavailable",
      "--username",
      "reader",
      "--output=json",
    ], { env: { NEO4J_PASSWORD: "canary-Jp41-password" } });
    await running.until(/Ctrl-C ends it/);
    const { data } = JSON.parse(running.printed.stdout) as {
      data: { url: string; instances: { name: string; env: Record<string, string> }[] };
    };
    assert.deepEqual(data.instances.map(({ name }) => name), ["orders", "stock"]);
    assert.match(running.printed.stderr, /NEO4J_PASSWORD is taken as it is set, and not printed/);
    assert.doesNotMatch(running.printed.stdout + running.printed.stderr, /canary/);
    const env = data.instances[1]?.env ?? {};
    assert.equal(env["NEO4J_USERNAME"], "reader");
    const query = (): Promise<Response> =>
      fetch(`${env["AURA_WAKE_QUERY_API_URL"]}/db/neo4j/query/v2`, {
        method: "POST",
        headers: {
          authorization: `Basic ${btoa("reader:canary-Jp41-password")}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({ statement: "RETURN 1 AS one" }),
      });
    const awake = await query();
    assert.deepEqual([awake.status, (await awake.json() as { data: unknown }).data], [202, {
      fields: ["one"],
      values: [[1]],
    }]);
    running.type("pause stock");
    await running.until(/stock \(\w+\): paused/);
    const asleep = await query();
    await asleep.body?.cancel();
    assert.equal(asleep.status, 503);
    running.type("status");
    await running.until(/orders \(\w+\): running\nstock \(\w+\): paused/);
    running.child.kill("SIGINT");
    await running.ended;

    await using counted = await startCli(["emulator", "--instances", "2", "--env"]);
    await counted.until(/demo \(\w+\): running, demo-2 \(\w+\): running\./);
    const both = await sourced(counted.printed.stdout, [
      "NEO4J_URI",
      "AURA_WAKE_DB_DEMO_URI",
      "AURA_WAKE_DB_DEMO_2_URI",
      "AURA_WAKE_DB_DEMO_2_USERNAME",
      "AURA_WAKE_DB_DEMO_2_PASSWORD",
      "AURA_WAKE_DB_DEMO_2_DATABASE",
      "AURA_WAKE_DB_DEMO_2_INSTANCEID",
    ]);
    assert.equal(both["AURA_WAKE_DB_DEMO_URI"], both["NEO4J_URI"]);
    assert.notEqual(both["AURA_WAKE_DB_DEMO_2_URI"], both["NEO4J_URI"]);
    assert.deepEqual(
      [both["AURA_WAKE_DB_DEMO_2_USERNAME"], both["AURA_WAKE_DB_DEMO_2_PASSWORD"]],
      ["neo4j", "local-aura-password"],
    );
    assert.match(both["AURA_WAKE_DB_DEMO_2_INSTANCEID"] ?? "", /^[0-9a-f]{8}$/);
  });

  test("a port that is taken is one clear line", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    try {
      for (const flag of ["--port", "--bolt-port", "--http-port"]) {
        const { code, stdout, stderr } = await runCli(
          ["emulator", flag, String(port), "--output", "table"],
        );
        assert.deepEqual([code, stdout, stderr], [
          1,
          "",
          `Cannot start the local Aura: port ${port} is taken; ` +
          "next: choose another one, or leave it out for any free one\n",
        ]);
      }
    } finally {
      server.close();
    }
  });

  test("what cannot be meant is said before anything starts", async () => {
    const wrong: [args: string[], code: number, message: RegExp][] = [
      [["--port", "70000"], 2, /--port must be a whole number from 0 to 65535, got "70000"/],
      [["--instances", "0"], 2, /--instances must be a whole number from 1 to 100, got "0"/],
      [["--instances", "a,b,a"], 2, /--instances names "a" twice/],
      [["--resume-seconds", "soon"], 2, /--resume-seconds must be a number of seconds such as/],
      [["--port", "9000", "--instances", "2", "--bolt-port", "8999"], 2, /two doors .* port 9000/],
      [["--upstream", "bolt://localhost:1", "--instances", "2"], 2, /--upstream stands for one/],
      [["--pause-mode", "sleepy"], 2, /--pause-mode must be refuse, reset, .* got "sleepy"/],
      [["--seed", join(folder, "missing.cypher")], 1, /Cannot read .*: there is no such file/],
    ];
    for (const [args, code, message] of wrong) {
      const result = await runCli(["emulator", ...args]);
      assert.deepEqual([result.code, result.stdout], [code, ""], args.join(" "));
      assert.match(String(errorOf(result)["message"]), message);
    }
    const seed = join(folder, "broken.cypher");
    await writeFile(seed, "CREATE (:Movie);\nCREAT (:Movie)");
    const { code, stderr } = await runCli(["emulator", "--seed", seed, "--output", "table"]);
    assert.equal(code, 1);
    assert.match(stderr, /^Cannot seed instance "\w+": [^\n]+\n$/);
  });

  test("--persist keeps instances and data for the next start", async () => {
    const kept = join(folder, "kept");
    const seed = join(folder, "one.cypher");
    await writeFile(seed, "CREATE (:Movie {title: 'Heat'})");
    const ids: string[] = [];
    for (let start = 0; start < 2; start++) {
      await using running = await startCli(
        ["emulator", "--persist", kept, "--seed", seed, "--json"],
      );
      await running.until(/Ctrl-C ends it/);
      const { data } = JSON.parse(running.printed.stdout) as {
        data: { instances: { id: string; env: Record<string, string> }[] };
      };
      ids.push(data.instances.map(({ id }) => id).join());
      const db = connect(fromEnv(data.instances[0]?.env ?? {}));
      try {
        await db.write("CREATE (:Movie {title: 'Ronin'})");
        const rows = await db.read("MATCH (m:Movie) RETURN count(m) AS movies");
        assert.deepEqual(rows, [{ movies: 2 + start }]);
      } finally {
        await db.close();
      }
      running.child.kill("SIGINT");
      assert.equal((await running.ended).code, 0);
      assert.ok(!(await readdir(kept)).includes("lock"), "it has let go of the folder");
    }
    assert.equal(ids[0], ids[1]);
  });

  test("in the background of a terminal it does not read, which would stop it", async () => {
    if (process.platform !== "linux" || !await hasTerminals()) return;
    const runtime = "Deno" in globalThis ? ["run", "-A", "--no-check"] : [];
    const command = [process.execPath, ...runtime, MAIN, "emulator", "--env"].join(" ");
    // A script that controls its jobs, as a person's shell does: it prints what became of this one.
    const script = `${command} & sleep 1.5; jobs; kill -KILL %1; wait %1 2>/dev/null; true`;
    const { stdout } = await promisify(execFile)("script", [
      "-qec",
      `bash -mc '${script}'`,
      "/dev/null",
    ]);
    assert.match(stdout, /The local Aura is up: demo \(\w+\): running\. Ctrl-C ends it/);
    assert.match(stdout, /^\[1\]\+ {2}Running /m);
  });
});

describe("exportLines()", () => {
  test("survives every character", async () => {
    const variables = { A: "it's", B: '$(exit 1) `x` "\\', C: "two\nlines", D: "" };
    assert.deepEqual(await sourced(exportLines(variables), Object.keys(variables)), variables);
  });
});

describe("cypherStatements()", () => {
  test("ends a statement at a semicolon that ends a line, and nowhere else", () => {
    assert.deepEqual(
      cypherStatements("CREATE (a); CREATE (b);\nMATCH (n)\n  RETURN n; \t\r\nRETURN 1"),
      ["CREATE (a); CREATE (b)", "MATCH (n)\n  RETURN n", "RETURN 1"],
    );
    assert.deepEqual(cypherStatements("RETURN 1; // the end\nRETURN 2; /* too */"), [
      "RETURN 1",
      "RETURN 2",
    ]);
  });

  test("drops comments, and leaves quoted text as it is", () => {
    assert.deepEqual(
      cypherStatements(
        `// first\nRETURN 'http://a;\n' AS \`a//b;\n\`, "it\\"s; /*x*/\n" /* ;\n */AS c;\n\n;\n// last`,
      ),
      [`RETURN 'http://a;\n' AS \`a//b;\n\`, "it\\"s; /*x*/\n"  AS c`],
    );
  });

  test("takes a dump of cypher-shell", () => {
    assert.deepEqual(
      cypherStatements("\ufeff:begin\r\nCREATE (:A);\r\nCREATE (:B);\r\n:commit\r\n"),
      ["CREATE (:A)", "CREATE (:B)"],
    );
    assert.deepEqual(cypherStatements(""), []);
  });

  test("an unclosed quote or comment takes the rest, for the engine to refuse", () => {
    assert.deepEqual(cypherStatements("RETURN 'a;\nRETURN 2"), ["RETURN 'a", "RETURN 2"]);
  });
});
