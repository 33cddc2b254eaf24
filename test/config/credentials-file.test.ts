import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { formatCredentialsFile } from "../../src/config/credentials-file.ts";
import { parseVariables } from "../../src/config/parse-variables.ts";
import { Secret } from "../../src/secret.ts";
import { load } from "./surroundings.ts";

const LOGIN = {
  id: "1a2b3c4d",
  name: "My Movies",
  connection_url: "neo4j+s://1a2b3c4d.databases.neo4j.io",
  username: "neo4j",
  password: new Secret("aB3_-x"),
};

describe("formatCredentialsFile()", () => {
  test("formatCredentialsFile() writes what the Aura console writes", () => {
    assert.equal(
      formatCredentialsFile({ ...LOGIN, database: "neo4j" }),
      `# Wait 60 seconds before connecting using these details, or login to https://console.neo4j.io to validate the Aura Instance is available
NEO4J_URI=neo4j+s://1a2b3c4d.databases.neo4j.io
NEO4J_USERNAME=neo4j
NEO4J_PASSWORD=aB3_-x
NEO4J_DATABASE=neo4j
AURA_INSTANCEID=1a2b3c4d
AURA_INSTANCENAME=My Movies
`,
    );
    assert.ok(!formatCredentialsFile(LOGIN).includes("NEO4J_DATABASE"));
  });

  const awkward = [
    "a b",
    " leading and trailing ",
    "#hash",
    "a #b",
    "it's",
    '"quoted"',
    "'single'",
    `both " and '`,
    "back\\slash",
    "$HOME ${HOME} `id`",
    `it's $5 \\n`,
    "two\nlines",
    "carriage\r\nreturn",
    "tab\there",
    "NEO4J_URI=x",
    "naïve ✓ 日本",
    "=",
    "\\",
    "a\u2028b",
  ];
  for (const text of awkward) {
    test(`formatCredentialsFile() and the reader agree on ${JSON.stringify(text)}`, async () => {
      const written = formatCredentialsFile({ ...LOGIN, name: text, password: new Secret(text) });
      assert.equal(parseVariables(written).get("AURA_INSTANCENAME")?.value, text);
      const loaded = await load({ credentialsFile: "a.txt", files: { "/app/a.txt": written } });
      assert.equal(loaded.password, text);
      assert.deepEqual(
        [loaded.uri, loaded.username, loaded.instanceId],
        ["neo4j+s://1a2b3c4d.databases.neo4j.io", "neo4j", "1a2b3c4d"],
      );
    });
  }

  test("formatCredentialsFile() leaves the address open where there is none yet", async () => {
    const text = formatCredentialsFile({ ...LOGIN, connection_url: null });
    const loaded = await load({ credentialsFile: "a.txt", files: { "/app/a.txt": text } });
    assert.deepEqual([loaded.uri, loaded.instanceId], [undefined, "1a2b3c4d"]);
  });
});
