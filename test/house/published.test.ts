import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Hono } from "hono";
import { telemetry, webhook } from "../../mod.ts";
import { emulator } from "../../src/cli/commands/emulator.ts";
import { wake } from "../../src/hono/mod.ts";
import type { WakeEvent, WakeEventDetail } from "../../src/wake/events.ts";
import { sleepy } from "../hono/setup.ts";
import { read, readJson, withoutComments } from "./sources.ts";

/** What people have in their code: a name that goes from here breaks somebody. */
const values: Record<string, readonly string[]> = {
  "mod.ts": [
    "AuraApiError",
    "AuraUnreachableError",
    "AuraWaitError",
    "AuraWakeError",
    "Secret",
    "VERSION",
    "WakeFailedError",
    "WakingError",
    "classify",
    "createAura",
    "createWaker",
    "memoryStore",
    "systemClock",
    "telemetry",
    "webhook",
  ],
  "src/hono/mod.ts": ["wake"],
  "src/neo4j/mod.ts": ["QueryError", "connect", "fromEnv", "rawProbe"],
  "src/neo4j/query-api/mod.ts": ["QueryError", "connect", "fromEnv", "rawProbe"],
  "src/emulator/mod.ts": [
    "DateValue",
    "DurationValue",
    "EngineError",
    "GraphNode",
    "GraphPath",
    "GraphRelationship",
    "LocalDateTimeValue",
    "LocalTimeValue",
    "OffsetDateTimeValue",
    "PointValue",
    "TimeValue",
    "ZonedDateTimeValue",
    "cannedEngine",
    "grafeoEngine",
    "startEmulator",
  ],
};

const eventTypes = [
  "confirmed",
  "detected",
  "dismissed",
  "gave-up",
  "held",
  "misconfigured",
  "ready",
  "refused",
  "replayed",
  "resume-requested",
  "waiting",
];

/** The texts in a type of its file. */
function literalsOf(path: string, type: string, pattern = /"([^"]+)"/g): string[] {
  const code = withoutComments(read(path));
  const declared = new RegExp(`export type ${type} =([\\s\\S]*?)(?=\\n\\n|\\nexport |$)`).exec(
    code,
  );
  return [...new Set([...(declared?.[1] ?? "").matchAll(pattern)].map(([, text = ""]) => text))]
    .sort();
}

function event(detail: WakeEventDetail, instanceId = "a1b2c3d4"): WakeEvent {
  return { ...detail, at: 0, instanceId };
}

/** A wake that gets stuck and is ready in the end, and one that fails. */
const story: readonly WakeEvent[] = [
  event({
    type: "detected",
    verdict: { kind: "paused-candidate", reason: "name-gone", reached: "no" } as never,
  }),
  event({ type: "confirmed", status: "paused", known: true }),
  event({ type: "resume-requested", call: 1, accepted: true }),
  event({ type: "waiting", status: "resuming", waitedMs: 200_000 }),
  event({ type: "ready", tookMs: 300_000, resumed: true, by: "probe" }),
  event({ type: "refused", reason: "AURA_GONE", message: "Cannot wake" }),
];

describe("what is published", () => {
  for (const [path, names] of Object.entries(values)) {
    test(`${path} exports these values`, async () => {
      const entry: object = await import(`../../${path}`);
      assert.deepEqual(Object.keys(entry).sort(), names);
    });
  }

  test("an error has one of these codes", () => {
    const failures = literalsOf("src/errors.ts", "WakeFailureCode");
    assert.deepEqual(failures, [
      "AURA_BILLING",
      "AURA_BROKEN",
      "AURA_CREDENTIALS",
      "AURA_GONE",
      "AURA_MISMATCH",
      "AURA_WAKE_DEADLINE",
      "AURA_WAKE_REFUSED",
    ]);
    const others = literalsOf("src/errors.ts", "ErrorCode");
    assert.deepEqual(others, [
      "AURA_API",
      "AURA_JOURNAL",
      "AURA_NO_CONNECTION",
      "AURA_QUERY",
      "AURA_UNCONFIRMED",
      "AURA_UNREACHABLE",
      "AURA_WAIT_DEADLINE",
      "AURA_WAIT_FAILED",
      "AURA_WAKING",
      "CONFIG_INCOMPLETE",
      "CONFIG_INVALID",
    ]);
    const readme = read("README.md");
    const untold = [...failures, ...others].filter((code) => !readme.includes(`\`${code}\``));
    assert.deepEqual(untold, [], "codes that README.md does not name");
  });

  test("an event has one of these types", () => {
    const types = literalsOf("src/wake/events.ts", "WakeEventDetail", /\btype: "([^"]+)"/g);
    assert.deepEqual(types, eventTypes);
  });

  test("an instance may be paused in one of these ways", () => {
    const modes = ["refuse", "reset", "silent", "unavailable", "unresolvable"];
    assert.deepEqual(literalsOf("src/emulator/pause-mode.ts", "PauseMode"), modes);
  });

  test("a response says Aura-Wake: held, replayed, waking or failed, and Server-Timing", async () => {
    const seen: Record<string, string | null> = {};
    async function ask(name: string, db: ReturnType<typeof sleepy>, holdMs: number): Promise<void> {
      const app = new Hono();
      app.onError((_error, c) => c.text("internal", 500));
      app.use(wake({ waker: db.waker, clock: db.clock, holdMs, log: false }));
      app.get("/", async (c) => c.text(await db.query()));
      const { headers } = await app.request("/");
      seen[name] = headers.get("Aura-Wake");
      assert.match(headers.get("Server-Timing") ?? "", /^aura-wake;dur=\d+$/);
      if (name === "late") assert.match(headers.get("Retry-After") ?? "", /^\d+$/);
    }
    const asleep = sleepy();
    await asleep.findAsleep();
    await ask("before its handler", asleep, 20_000);
    await ask("after its handler", sleepy(), 20_000);
    await ask("late", sleepy(), 1_000);
    await ask("never", sleepy({ status: "suspended" }), 20_000);
    assert.deepEqual(seen, {
      "before its handler": "held",
      "after its handler": "replayed",
      "late": "waking",
      "never": "failed",
    });
  });

  test("a webhook is told on these occasions, in these fields, under this signature", async () => {
    const deliveries: Record<string, unknown>[] = [];
    const signatures: (string | null)[] = [];
    const sent: Promise<unknown>[] = [];
    const onEvent = webhook({
      url: "https://hooks.example/x",
      secret: "s",
      waitUntil: (promise) => sent.push(promise),
      async fetch(request) {
        signatures.push(request.headers.get("Aura-Wake-Signature"));
        deliveries.push(await request.json());
        return new Response();
      },
    });
    for (const one of story) onEvent(one);
    await Promise.all(sent);
    const occasions = ["pause-found", "wake-stuck", "awake-again", "wake-failed"];
    assert.deepEqual(
      deliveries.map(({ occasion }) => String(occasion)).sort(),
      occasions.toSorted(),
    );
    assert.deepEqual(literalsOf("src/wake/webhook.ts", "WebhookOccasion"), occasions.toSorted());
    const fields = new Set(deliveries.flatMap((delivery) => Object.keys(delivery)));
    assert.deepEqual([...fields].sort(), ["at", "code", "instanceId", "occasion", "text"]);
    for (const signature of signatures) assert.match(signature ?? "", /^sha256=[0-9a-f]{64}$/);
  });

  test("OpenTelemetry gets these metrics, spans and attributes", () => {
    const named: Record<string, string[]> = { metrics: [], spans: [], attributes: [] };
    const note = (attributes: object = {}): void =>
      void named["attributes"]?.push(...Object.keys(attributes));
    const onEvent = telemetry({
      tracer: {
        startSpan(name, options) {
          named["spans"]?.push(name);
          note(options?.attributes);
          return {
            addEvent: (_name, attributes) => note(attributes),
            setAttributes: note,
            setStatus: () => {},
            end: () => {},
          };
        },
      },
      meter: {
        createCounter(name) {
          named["metrics"]?.push(name);
          return { add: (_value, attributes) => note(attributes) };
        },
        createHistogram(name, { unit } = {}) {
          named["metrics"]?.push(`${name} in ${unit}`);
          return { record: (_value, attributes) => note(attributes) };
        },
      },
    });
    for (const one of story) onEvent(one);
    assert.deepEqual(named["metrics"], ["aura_wake.events", "aura_wake.duration in s"]);
    assert.deepEqual(named["spans"], ["aura-wake"]);
    assert.deepEqual([...new Set(named["attributes"])].sort(), [
      "aura_wake.accepted",
      "aura_wake.by",
      "aura_wake.call",
      "aura_wake.instance_id",
      "aura_wake.kind",
      "aura_wake.known",
      "aura_wake.reached",
      "aura_wake.reason",
      "aura_wake.resumed",
      "aura_wake.status",
      "aura_wake.tookMs",
      "aura_wake.waitedMs",
      "outcome",
      "type",
    ]);
  });

  test("aura-wake emulator takes these flags, and the guide names them", () => {
    const flags = [
      "bolt-port",
      "env",
      "http-port",
      "instances",
      "pause-mode",
      "paused",
      "persist",
      "port",
      "resume-seconds",
      "seed",
      "type",
      "upstream",
      "username",
    ];
    assert.deepEqual(Object.keys(emulator.args).sort(), flags);
    const guide = read("docs/guides/emulator.md");
    assert.deepEqual(flags.filter((flag) => !guide.includes(`\`--${flag}`)), []);
  });

  test("README.md names these npm scripts", () => {
    const named = ["bench:cli", "bench:mcp", "bench:wake", "demo", "emulator", "mcpb", "test"];
    const scripts = readJson("package.json")["scripts"] as Record<string, string>;
    assert.deepEqual(named.filter((name) => scripts[name] === undefined), []);
    const found = read("README.md").matchAll(/\bnpm (?:run ([a-z][\w:-]*)|(test)\b)/g);
    assert.deepEqual(
      [...new Set([...found].map(([, name, other]) => String(name ?? other)))].sort(),
      named,
    );
  });
});
