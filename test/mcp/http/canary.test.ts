import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { connect, INITIALIZE, post, start, toolCall } from "./fixture.ts";

const TOKEN = "canary-bearer-1f";
const SECRET = "canary-aura-2e";
const CLIENT = "canary-client-3d";

describe("the secrets of a caller", () => {
  test("leave the server by no answer, log line or figure", async () => {
    const emitted: string[] = [];
    const log = (line: string): void => void emitted.push(line);
    const headers = {
      authorization: `Bearer ${TOKEN}`,
      "x-aura-client-id": CLIENT,
      "x-aura-client-secret": SECRET,
    };
    async function keep(answer: Response | Promise<Response>): Promise<void> {
      const response = await answer;
      emitted.push(JSON.stringify([...response.headers]), await response.text());
    }
    for (const stateless of [true, false]) {
      await using server = await start({ token: TOKEN, stateless, log });
      await using connected = await connect(server.url, headers);
      emitted.push(await connected.call("whoami"));
      await keep(post(server.url, INITIALIZE, { headers: { authorization: `Bearer ${TOKEN}x` } }));
      await keep(post(server.url, "{", { headers }));
      await keep(post(server.url, toolCall(1, "whoami"), { headers }));
      await keep(post(`${server.url}?token=${TOKEN}&${SECRET}=1`, INITIALIZE, { headers }));
      await keep(post(`${server.url}?mode=${SECRET}`, INITIALIZE, { headers }));
      await keep(fetch(server.url, { method: "PUT", headers }));
      await keep(fetch(new URL("/metrics", server.url), { headers }));
      await keep(fetch(new URL("/healthz", server.url), { headers }));
    }
    await using failing = await start({
      token: TOKEN,
      log,
      serve: ({ aura }) => Promise.reject(new Error(`it says ${aura?.clientSecret}`)),
    });
    await keep(post(failing.url, INITIALIZE, { headers }));

    assert.ok(emitted.length > 20 && emitted.some((line) => line.startsWith("Cannot answer")));
    assert.deepEqual(emitted.filter((text) => text.includes("canary")), []);
  });
});
