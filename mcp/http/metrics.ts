/**
 * Figures in the text format of Prometheus. Labels are of few values each, and none of them is what a caller made up.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 * @module
 */
import type { ToolOutcome } from "../options.ts";

/** Why a session ended. */
export type SessionEnd = "client" | "idle" | "evicted" | "failed" | "shutdown";

/** What is counted of tools: the one thing that the core of the server reports. */
export interface ToolCallCounter {
  /** The name must be one of the catalogue. */
  toolCall(tool: string, outcome: ToolOutcome, durationMs?: number): void;
}

/** What is counted. */
export interface HttpMetrics extends ToolCallCounter {
  request(method: string, status: number): void;
  sessionOpened(): void;
  sessionEnded(reason: SessionEnd): void;
  /** Requests that are being answered: +1 and -1. */
  inFlight(change: 1 | -1): void;
  /** All of it as text. */
  render(): string;
}

const METHODS = new Set(["GET", "POST", "DELETE", "OPTIONS", "HEAD", "PUT", "PATCH"]);
/** A name that a caller could make up must not grow the memory. */
const MOST_LABELS = 1_000;

/** Makes counters that stand at 0. */
export function createMetrics(): HttpMetrics {
  const requests = new Map<string, number>();
  const ended = new Map<string, number>();
  const tools = new Map<string, number>();
  const seconds = new Map<string, number>();
  let opened = 0;
  let open = 0;
  let inFlight = 0;

  return {
    request(method, status) {
      const known = METHODS.has(method) ? method : "OTHER";
      add(requests, `method="${known}",status="${status}"`);
    },
    sessionOpened() {
      opened++;
      open++;
    },
    sessionEnded(reason) {
      open--;
      add(ended, `reason="${reason}"`);
    },
    inFlight(change) {
      inFlight += change;
    },
    toolCall(tool, outcome, durationMs) {
      add(tools, `tool="${escapeLabel(tool)}",outcome="${outcome}"`);
      if (durationMs !== undefined) {
        add(seconds, `tool="${escapeLabel(tool)}"`, durationMs / 1000);
      }
    },
    render: () =>
      [
        ...family("aura_mcp_sessions", "gauge", "Open sessions", [["", open]]),
        ...family("aura_mcp_sessions_opened_total", "counter", "Sessions begun", [["", opened]]),
        ...family("aura_mcp_sessions_ended_total", "counter", "Sessions ended, by reason", ended),
        ...family("aura_mcp_requests_in_flight", "gauge", "Requests without an answer yet", [
          ["", inFlight],
        ]),
        ...family(
          "aura_mcp_http_requests_total",
          "counter",
          "HTTP requests, by method and status",
          requests,
        ),
        ...family("aura_mcp_tool_calls_total", "counter", "Tool calls, by outcome", tools),
        ...family(
          "aura_mcp_tool_call_seconds_total",
          "counter",
          "Time that tool calls took",
          seconds,
        ),
        "",
      ].join("\n"),
  };
}

function add(counts: Map<string, number>, labels: string, count = 1): void {
  if (!counts.has(labels) && counts.size >= MOST_LABELS) return;
  counts.set(labels, (counts.get(labels) ?? 0) + count);
}

function family(
  name: string,
  type: "counter" | "gauge",
  help: string,
  samples: Iterable<readonly [labels: string, value: number]>,
): string[] {
  const lines = [...samples].map(([labels, value]) =>
    `${name}${labels === "" ? "" : `{${labels}}`} ${value}`
  );
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines];
}

function escapeLabel(value: string): string {
  return value.slice(0, 100).replaceAll("\\", "\\\\").replaceAll('"', '\\"')
    .replaceAll("\n", "\\n");
}
