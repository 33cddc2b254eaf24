import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { closureOf } from "../house/sources.ts";

describe("the start over standard input and output", () => {
  const loaded = closureOf("mcp/stdio.ts", "mcp/stdio/serve-stdio.ts");

  test("mcp/stdio.ts loads these files and packages before it lists its tools", () => {
    // Each tool is a file; what they may load stands below.
    assert.deepEqual(loaded.filter((path) => !path.startsWith("mcp/tools/")), [
      "@modelcontextprotocol/sdk/server",
      "@modelcontextprotocol/sdk/types.js",
      "mcp/adapter.ts",
      "mcp/caller.ts",
      "mcp/consent/canonical-json.ts",
      "mcp/consent/sealed-token.ts",
      "mcp/core/account.ts",
      "mcp/core/accounts.ts",
      "mcp/core/catalogue.ts",
      "mcp/core/complete.ts",
      "mcp/core/config.ts",
      "mcp/core/make-offer.ts",
      "mcp/core/mention.ts",
      "mcp/core/read-resource.ts",
      "mcp/core/schemas.ts",
      "mcp/core/secret-files.ts",
      "mcp/core/select-tools.ts",
      "mcp/core/served-tool.ts",
      "mcp/core/server-core.ts",
      "mcp/core/state.ts",
      "mcp/core/subscriptions.ts",
      "mcp/core/surroundings.ts",
      "mcp/create-server.ts",
      "mcp/directions.ts",
      "mcp/instructions.ts",
      "mcp/mode.ts",
      "mcp/output/base64url.ts",
      "mcp/output/clean-text.ts",
      "mcp/output/mask.ts",
      "mcp/output/page.ts",
      "mcp/resources/uris.ts",
      "mcp/serve/flags.ts",
      "mcp/serve/keep-stdout-clean.ts",
      "mcp/serve/open-server.ts",
      "mcp/serve/own-variables.ts",
      "mcp/serve/parse-flags.ts",
      "mcp/serve/read-flags.ts",
      "mcp/serve/serve-process.ts",
      "mcp/stdio.ts",
      "mcp/stdio/open-calls.ts",
      "mcp/stdio/read-messages.ts",
      "mcp/stdio/run-stdio.ts",
      "mcp/stdio/serve-stdio.ts",
      "mcp/stdio/stdio-transport.ts",
      "mcp/tool.ts",
      "node:buffer",
      "node:os",
      "node:path",
      "node:process",
      "node:util",
      "src/aura/spellings.ts",
      "src/config/layers.ts",
      "src/config/parse-variables.ts",
      "src/config/variables.ts",
      "src/errors.ts",
      "src/operate/operate-error.ts",
      "src/operate/text/nearest.ts",
      "src/system-clock.ts",
      "src/version.ts",
      "zod",
    ]);
  });

  test("a tool loads its schemas and words, and what works only when it runs", () => {
    // Cursors of pages are all that a list needs beside.
    const light =
      /^(?:zod|mcp\/(?:tools\/.*|[a-z-]+\.ts|resources\/uris\.ts|output\/(?:page|base64url)\.ts)|src\/operate\/operate-error\.ts)$/;
    const wrong = loaded.filter((path) => path.startsWith("mcp/tools/"))
      .flatMap((path) =>
        closureOf(path).filter((each) => !light.test(each)).map((each) => `${path} loads ${each}`)
      );
    assert.deepEqual(wrong, []);
  });

  test("nothing of HTTP, consent, errors or the local Aura is among them", () => {
    const later =
      /^(?:mcp\/http\/|mcp\/consent\/(?:confirm|ask)|mcp\/output\/error|mcp\/prompts\/|src\/(?:aura\/aura|emulator|hono)|jose|hono|neo4j)/;
    assert.deepEqual(loaded.filter((path) => later.test(path)), []);
  });
});
