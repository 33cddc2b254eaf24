import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { createWaker, telemetry } from "../../mod.ts";
import { manualClock } from "../helpers/manual-clock.ts";
import { ApiAnswer, nameGone, sleepyInstance } from "./sleepy-instance.ts";

describe("telemetry()", () => {
  test("telemetry() makes a span and metrics of a wake, with the real SDK", async () => {
    const spans = new InMemorySpanExporter();
    const traces = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
    const exported = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter: exported });
    const meters = new MeterProvider({ readers: [reader] });
    const onEvent = telemetry({ tracer: traces.getTracer("t"), meter: meters.getMeter("t") });
    const clock = manualClock();
    const db = sleepyInstance(clock);
    const aura = db;
    const waker = createWaker({ aura, instanceId: "i", probe: db.probe, clock, onEvent });
    await clock.until(waker.run(() => {
      if (!db.serves) throw nameGone();
    }));

    const [span] = spans.getFinishedSpans();
    assert.equal(span?.name, "aura-wake");
    assert.equal(span?.attributes["aura_wake.kind"], "paused-candidate");
    assert.equal(span?.attributes["aura_wake.resumed"], true);
    assert.deepEqual(span?.events.map(({ name }) => name), [
      "confirmed",
      "resume-requested",
      "waiting",
      "ready",
    ]);

    await reader.forceFlush();
    const metrics = exported.getMetrics().at(-1)?.scopeMetrics[0]?.metrics ?? [];
    const duration = metrics.find(({ descriptor }) => descriptor.name === "aura_wake.duration");
    const { sum = 0 } = Object(duration?.dataPoints[0]?.value) as { sum?: number };
    assert.ok(sum >= 10 && sum < 11, `${sum} s`);
    assert.ok(metrics.some(({ descriptor }) => descriptor.name === "aura_wake.events"));
    await meters.shutdown();
    await traces.shutdown();
  });

  test("telemetry() ends the span of a wake that failed as an error", async () => {
    const spans = new InMemorySpanExporter();
    const traces = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
    const onEvent = telemetry({ tracer: traces.getTracer("t") });
    const clock = manualClock();
    const db = sleepyInstance(clock);
    db.onGet = () => {
      throw new ApiAnswer(404);
    };
    const waker = createWaker({ aura: db, instanceId: "i", clock, onEvent });
    await clock.until(waker.run(() => Promise.reject(nameGone())).catch(() => {}));
    const [span] = spans.getFinishedSpans();
    assert.equal(span?.status.code, 2);
    assert.match(span?.status.message ?? "", /the Aura API does not know it/);
    await traces.shutdown();
  });
});
