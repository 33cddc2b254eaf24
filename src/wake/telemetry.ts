/**
 * Wakes as OpenTelemetry spans and metrics.
 *
 * @see https://opentelemetry.io/docs/concepts/signals/
 * @module
 */
import type { WakeListener } from "./events.ts";

/** What this file uses of a span of `@opentelemetry/api`. */
export interface WakeSpan {
  addEvent(name: string, attributes?: TelemetryAttributes): unknown;
  setAttributes(attributes: TelemetryAttributes): unknown;
  setStatus(status: { code: number; message?: string }): unknown;
  end(): void;
}

/** Attributes as OpenTelemetry takes them. */
export type TelemetryAttributes = Record<string, string | number | boolean>;

/** A tracer and a meter of `@opentelemetry/api`, either of which may be left out. */
export interface TelemetryOptions {
  /**
   * `trace.getTracer("my-app")`: one span a wake, from the suspicion to its end.
   *
   * @default no spans
   */
  readonly tracer?:
    | { startSpan(name: string, options?: { attributes?: TelemetryAttributes }): WakeSpan }
    | undefined;
  /**
   * `metrics.getMeter("my-app")`: the counter `aura_wake.events` and the histogram `aura_wake.duration` in seconds.
   *
   * @default no metrics
   */
  readonly meter?:
    | {
      createCounter(
        name: string,
        options?: { description?: string },
      ): { add(value: number, attributes?: TelemetryAttributes): void };
      createHistogram(
        name: string,
        options?: { description?: string; unit?: string },
      ): { record(value: number, attributes?: TelemetryAttributes): void };
    }
    | undefined;
}

/** OpenTelemetry's SpanStatusCode.ERROR; imported it would be a dependency. */
const ERROR = 2;

/**
 * Makes a listener for `onEvent` that reports to OpenTelemetry. It knows the API by shape, so that nobody has to install it.
 *
 * @example
 * ```ts
 * import { telemetry } from "aura-wake";
 *
 * const onEvent = telemetry({}); // { tracer: trace.getTracer("app"), meter: metrics.getMeter("app") }
 * onEvent({ type: "held", held: 1, at: Date.now(), instanceId: "a1b2c3d4" });
 * ```
 */
export function telemetry({ tracer, meter }: TelemetryOptions): WakeListener {
  const spans = new Map<string, WakeSpan>();
  const events = meter?.createCounter("aura_wake.events", {
    description: "What happened round wakes, by type",
  });
  const duration = meter?.createHistogram("aura_wake.duration", {
    description: "How long wakes took",
    unit: "s",
  });

  return function telemetry(event) {
    const { type, at: _, instanceId = "unknown", ...detail } = event;
    const attributes = { ...flatten(detail), "aura_wake.instance_id": instanceId };
    events?.add(1, { type, "aura_wake.instance_id": instanceId });
    if (type === "detected") {
      spans.get(instanceId)?.end();
      const begun = tracer?.startSpan("aura-wake", { attributes });
      if (begun) spans.set(instanceId, begun);
      return;
    }
    const span = spans.get(instanceId);
    span?.addEvent(type, attributes);
    if (type === "ready") {
      const outcome = { outcome: "awake", "aura_wake.instance_id": instanceId };
      duration?.record(event.tookMs / 1000, outcome);
      span?.setAttributes({ "aura_wake.resumed": event.resumed });
    } else if (type === "refused") span?.setStatus({ code: ERROR, message: event.message });
    else if (type !== "dismissed") return;
    span?.end();
    spans.delete(instanceId);
  };
}

function flatten(detail: Readonly<Record<string, unknown>>): TelemetryAttributes {
  const attributes: TelemetryAttributes = {};
  for (const [name, value] of Object.entries(detail)) {
    if (typeof value === "object" && value !== null) {
      Object.assign(attributes, flatten(value as Readonly<Record<string, unknown>>));
    } else if (value !== undefined) {
      attributes[`aura_wake.${name}`] = value as string | number | boolean;
    }
  }
  return attributes;
}
