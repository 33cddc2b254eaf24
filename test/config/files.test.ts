import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { describe, test } from "node:test";
import { loadSettings } from "../../src/config/load-settings.ts";
import { fileError, load, messages, originOf } from "./surroundings.ts";

const CONSOLE_FILE =
  `# Wait 60 seconds before connecting using these details, or login to https://console.neo4j.io to validate the Aura Instance is available
NEO4J_URI=neo4j+s://1a2b3c4d.databases.neo4j.io
NEO4J_USERNAME=1a2b3c4d
NEO4J_PASSWORD=canary_-x
NEO4J_DATABASE=1a2b3c4d
AURA_INSTANCEID=1a2b3c4d
AURA_INSTANCENAME=My Movies
`;
const NAME = "Neo4j-1a2b3c4d-Created-2026-01-02.txt";

describe("loadSettings() and the file of the Aura console", () => {
  for (
    const [what, text] of [
      ["as it comes", CONSOLE_FILE],
      ["after Windows", "\ufeff" + CONSOLE_FILE.replaceAll("\n", "\r\n")],
    ] as const
  ) {
    test(`loadSettings() reads it ${what}`, async () => {
      const loaded = await load({
        credentialsFile: `downloads/${NAME}`,
        files: { [`/app/downloads/${NAME}`]: text },
      });
      const { uri, username, password, database, instanceId } = loaded;
      assert.deepEqual([uri, username, password, database, instanceId], [
        "neo4j+s://1a2b3c4d.databases.neo4j.io",
        "1a2b3c4d",
        "canary_-x",
        "1a2b3c4d",
        "1a2b3c4d",
      ]);
      assert.equal(originOf(loaded, "password"), `NEO4J_PASSWORD, ${NAME}`);
      assert.deepEqual(loaded.warnings, []);
    });
  }

  test("loadSettings() finds it from ~ and on Windows", async () => {
    const home = await load({
      credentialsFile: `~/${NAME}`,
      files: { [`/u/${NAME}`]: CONSOLE_FILE },
    });
    assert.equal(home.instanceId, "1a2b3c4d");
    const windows = await load({
      platform: "win32",
      cwd: "C:\\app",
      home: "C:\\Users\\u",
      credentialsFile: `..\\${NAME}`,
      files: { [`C:\\${NAME}`]: CONSOLE_FILE },
    });
    assert.equal(originOf(windows, "instance"), `AURA_INSTANCEID, ${NAME}`);
  });

  const denied = Object.assign(new Error("Requires read access"), { name: "NotCapable" });
  const troubles: readonly (readonly [string, Record<string, string | Error>, string])[] = [
    [
      "is not there",
      {},
      "/app/a.txt cannot be read: there is no such file; give the path of the file that the Aura " +
      "console offered when the instance was created",
    ],
    [
      "is a folder",
      { "/app/a.txt": fileError("EISDIR") },
      "/app/a.txt cannot be read: it is a folder, and should be a file",
    ],
    [
      "may not be read",
      { "/app/a.txt": fileError("EACCES") },
      "/app/a.txt cannot be read: you may not read it; look at its owner and mode",
    ],
    [
      "may not be read by Deno",
      { "/app/a.txt": denied },
      "/app/a.txt cannot be read: Deno may not read it; allow it with --allow-read",
    ],
    [
      "is in UTF-16",
      { "/app/a.txt": "N\0E\0O\0" },
      "/app/a.txt cannot be read: it is not a text in UTF-8",
    ],
    [
      "is something else",
      { "/app/a.txt": "canary: true\n" },
      "/app/a.txt cannot be used: it has no NEO4J_… or AURA_… variable; give the file that the " +
      "Aura console offered when the instance was created",
    ],
    ["has odd trouble", { "/app/a.txt": fileError("EIO") }, "/app/a.txt cannot be read: EIO"],
  ];
  for (const [what, files, message] of troubles) {
    test(`loadSettings() says that it ${what}, and takes nothing else in its place`, async () => {
      const loaded = await load({
        credentialsFile: "a.txt",
        variables: {
          AURA_CLIENT_ID: "id",
          AURA_CLIENT_SECRET: "key",
          NEO4J_URI: "neo4j+s://ffffffff.databases.neo4j.io",
        },
        files: { ...files, "/app/.env": "AURA_INSTANCEID=ffffffff" },
      });
      assert.deepEqual(messages(loaded), [`CONFIG_INVALID: ${message}`]);
      assert.deepEqual(loaded.credentialsFileProblem, loaded.problems[0]);
      assert.deepEqual(
        [loaded.uri, loaded.instanceId, loaded.credentials],
        [undefined, undefined, undefined],
      );
    });
  }
});

describe("loadSettings() and real files that are none", () => {
  test("loadSettings() says what is wrong with them, and is quick with a large one", async () => {
    const folder = await mkdtemp(join(tmpdir(), "aura-wake-config-"));
    try {
      const cli = join(folder, ".config", "neo4j", "cli");
      await mkdir(join(folder, ".env"));
      await mkdir(join(cli, "credentials.json"), { recursive: true });
      await mkdir(join(cli, "config.json", "x"), { recursive: true });
      await writeFile(join(folder, "utf-16.txt"), Buffer.from(CONSOLE_FILE, "utf16le"));
      await writeFile(join(folder, "lines.txt"), "\n".repeat(1_000_000));
      const tell = async (credentialsFile?: string): Promise<string[]> => {
        const options = { env: () => undefined, home: folder, cwd: folder, platform: "linux" };
        const named = credentialsFile === undefined ? {} : { credentialsFile };
        return messages(await loadSettings({ ...options, ...named }));
      };
      const isFolder = "cannot be read: it is a folder, and should be a file";
      const begin = (await tell()).slice(0, 2);
      assert.deepEqual(begin, [
        `CONFIG_INVALID: ${join(cli, "config.json")} ${isFolder}`,
        `CONFIG_INVALID: ${join(cli, "credentials.json")} ${isFolder}`,
      ]);
      assert.deepEqual(await tell("."), [`CONFIG_INVALID: ${folder} ${isFolder}`]);
      assert.deepEqual(await tell(""), [`CONFIG_INVALID: ${folder} ${isFolder}`]);
      const startedAt = performance.now();
      for (
        const [file, why] of [
          ["utf-16.txt", "cannot be read: it is not a text in UTF-8"],
          ["x".repeat(300), "cannot be read: its name is too long"],
          ["a\0b", "cannot be read: "],
          ["utf-16.txt/below", "cannot be read: there is no such file"],
          ["lines.txt", "cannot be used: it has no NEO4J_… or AURA_… variable"],
        ] as const
      ) {
        const [message = ""] = await tell(file);
        assert.ok(message.startsWith(`CONFIG_INVALID: ${join(folder, file)} ${why}`), message);
      }
      assert.ok(performance.now() - startedAt < 5_000);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe("loadSettings() and .env", () => {
  test("loadSettings() knows the line", async () => {
    const loaded = await load({
      files: { "/app/.env": "# mine\n\nexport NEO4J_PASSWORD='pw' # the new one\n" },
    });
    assert.equal(loaded.password, "pw");
    assert.equal(originOf(loaded, "password"), "NEO4J_PASSWORD, .env line 3");
  });

  test("loadSettings() is silent without one, and where Deno may not read it or it is a folder", async () => {
    const denied = Object.assign(new Error("Requires read access"), { name: "NotCapable" });
    for (const trouble of [fileError("ENOENT"), fileError("EISDIR"), denied]) {
      const { problems, warnings } = await load({
        variables: { NEO4J_AURA_API_TOKEN: "token", AURA_INSTANCEID: "a" },
        files: { "/app/.env": trouble },
      });
      assert.deepEqual([problems, warnings], [[], []]);
    }
  });

  test("loadSettings() says that it may not be read, first of all", async () => {
    const loaded = await load({ files: { "/app/.env": fileError("EACCES") } });
    assert.deepEqual(messages(loaded), [
      "CONFIG_INVALID: /app/.env cannot be read: you may not read it; look at its owner and mode",
      "CONFIG_MISSING: AURA_CLIENT_ID and AURA_CLIENT_SECRET are missing, nothing is woken",
    ]);
  });
});

describe("loadSettings() and who else can read a file", () => {
  test("loadSettings() warns of secrets that are open to others", async () => {
    const folder = await mkdtemp(join(tmpdir(), "aura-wake-config-"));
    try {
      const file = join(folder, NAME);
      const dotenv = join(folder, ".env");
      await writeFile(file, CONSOLE_FILE, { mode: 0o600 });
      await writeFile(dotenv, "AURA_CLIENT_ID=id\nAURA_CLIENT_SECRET=key\n", { mode: 0o600 });
      const warningsOf = async (platform: string): Promise<readonly string[]> => {
        const options = { env: () => undefined, home: undefined, cwd: folder, platform };
        return (await loadSettings({ ...options, credentialsFile: NAME })).warnings;
      };
      if (process.platform === "win32") return;
      assert.deepEqual(await warningsOf("linux"), []);
      await chmod(file, 0o640);
      await chmod(dotenv, 0o604);
      assert.deepEqual(await warningsOf("linux"), [
        `${file} holds secrets and is open to others on this machine; chmod 600 closes it`,
        `${dotenv} holds secrets and is open to others on this machine; chmod 600 closes it`,
      ]);
      await writeFile(dotenv, "AURA_CLIENT_ID=id\nAURA_CLIENT_SECRET=\n");
      await chmod(file, 0o600);
      assert.deepEqual(await warningsOf("linux"), [], "there is nothing secret in it");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
