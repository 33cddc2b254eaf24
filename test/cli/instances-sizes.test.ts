import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startEmulator } from "../../src/emulator/mod.ts";
import { dataOf, errorOf, runCli } from "./process.ts";

describe("instances sizes", () => {
  test("shows what may be created, filtered; JSON has each combination", async () => {
    await using emulator = await startEmulator({ instances: [{ id: "a1b2c3d4" }] });
    const env = emulator.env();
    const table = await runCli(
      ["instances", "sizes", "--type", "professional-db", "--output", "table"],
      { env },
    );
    assert.equal(table.code, 0, table.stderr);
    assert.equal(
      table.stdout,
      "TYPE             CLOUD  REGION        VERSION  MEMORY\n" +
        "professional-db  gcp    europe-west1  5        1GB 2GB 4GB 8GB 16GB 32GB\n" +
        "professional-db  aws    us-east-1     5        1GB 2GB 4GB 8GB 16GB 32GB\n" +
        "professional-db  azure  eastus        5        1GB 2GB 4GB 8GB 16GB 32GB\n",
    );
    const json = await runCli(
      [
        "instances",
        "sizes",
        "--cloud-provider",
        "gcp",
        "--region",
        "europe-west1",
        "--type=free-db",
      ],
      { env },
    );
    assert.deepEqual(dataOf(json), [{
      region: "europe-west1",
      region_name: "Belgium (europe-west1)",
      type: "free-db",
      memory: "1GB",
      storage: "2GB",
      version: "5",
      cloud_provider: "gcp",
    }]);
    const nothing = await runCli(
      ["instances", "sizes", "--region", "atlantis", "--output", "table"],
      { env },
    );
    assert.equal(
      nothing.stdout,
      "There is nothing of this kind to be created in this project\n",
    );
  });

  test("--nodes and --relationships ask for a recommendation", async () => {
    await using emulator = await startEmulator({ instances: [{ id: "a1b2c3d4" }] });
    const env = emulator.env();
    const sizes = ["instances", "sizes"];
    const graph = ["--nodes", "1000000", "--relationships", "5000000"];
    const asked = await runCli(
      [...sizes, ...graph, "--algorithms", "centrality, similarity", "--output", "table"],
      { env },
    );
    assert.equal(asked.code, 0, asked.stderr);
    assert.match(
      asked.stdout,
      /^type +professional-ds\nrecommended size +\d+GB\nmemory at least +\d+GB\nfits the largest +true\n$/,
    );
    assert.equal(emulator.requests("POST /v1/instances/sizing").length, 1);

    const half = await runCli([...sizes, "--nodes", "5"], { env });
    assert.equal(half.code, 2);
    assert.equal(
      errorOf(half)["message"],
      "Cannot read the arguments: a recommendation needs both --nodes and --relationships",
    );
    const wrong = await runCli([...sizes, "--nodes", "many", "--relationships", "5"], { env });
    assert.equal(wrong.code, 2);
    const type = await runCli([...sizes, ...graph, "--type", "free-db"], { env });
    assert.equal(type.code, 2);
    assert.equal(
      errorOf(type)["message"],
      "Cannot recommend a size of free-db: Aura does that for professional-ds and enterprise-ds",
    );
    assert.equal(emulator.requests("POST /v1/instances/sizing").length, 1);
  });
});
