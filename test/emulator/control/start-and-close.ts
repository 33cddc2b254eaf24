// Run as a process of its own: it must end by itself.
import process from "node:process";
import { startEmulator } from "../../../src/emulator/mod.ts";
import { signIn } from "./api-client.ts";

const emulator = await startEmulator({
  instances: [{ status: "resuming", type: "professional-db" }, { id: "paused", status: "paused" }],
  pauseWhenIdle: "any-query",
  deleteWhenPausedForMs: 1_000_000,
  resumeMs: 1_000_000,
});
const client = await signIn(emulator);
emulator.fault("GET /v1/tenants", { silent: true });
emulator.fault("GET /v1/tenants", { delayMs: 1_000_000 });
const waiting = [client.call("GET", "/v1/tenants"), client.call("GET", "/v1/tenants")];
const outcomes = Promise.allSettled(waiting);
while (emulator.requests("GET /v1/tenants").length < 2) {
  await new Promise((resolve) => setTimeout(resolve, 1));
}
const taken = Number(new URL(emulator.url).port);
await startEmulator({ port: taken, pauseWhenIdle: "writes" }).catch(() => {});
await Promise.all([emulator.close(), emulator.close()]);
await outcomes;
process.stdout.write("closed\n");
