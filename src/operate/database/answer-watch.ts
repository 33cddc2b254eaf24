/**
 * Watches what the Query API answers on its way to the connection: too long an answer is cut, and what a connection does not tell
 * (the plan of a query) is kept.
 *
 * @see https://neo4j.com/docs/query-api/current/profile-query/
 * @module
 */
import { type AnswerLimits, type CutAnswer, cutAnswer } from "./cut-answer.ts";

/** Stands between a connection over HTTP and its server. */
export interface AnswerWatch {
  /** What the connection's requests go through. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Forgets what was seen, and reads no more than this of what comes. */
  begin(limits: AnswerLimits): void;
  /** The columns of the last answer that had some. */
  readonly columns: readonly string[] | undefined;
  /** The plan in the last answer that had one. */
  readonly plan: unknown;
  /** Why an answer was cut. */
  readonly cut: CutAnswer["cut"];
}

/** Begins to watch. Without limits, an answer is let through as it is. */
export function watchAnswers(fetch: (request: Request) => Promise<Response>): AnswerWatch {
  let limits: AnswerLimits | undefined;
  let columns: readonly string[] | undefined;
  let plan: unknown;
  let cut: CutAnswer["cut"];

  return {
    async fetch(request) {
      const response = await fetch(request);
      if (limits === undefined || response.body === null) return response;
      const answer = await cutAnswer(response.body, limits);
      cut ??= answer.cut;
      learn(answer.text);
      const { status, headers } = response;
      return new Response(answer.text, { status, headers: plainHeaders(headers) });
    },
    begin(wanted) {
      limits = wanted;
      columns = plan = cut = undefined;
    },
    get columns() {
      return columns;
    },
    get plan() {
      return plan;
    },
    get cut() {
      return cut;
    },
  };

  /** What is no JSON is the connection's to complain of. */
  function learn(text: string): void {
    try {
      const { data, queryPlan } = Object(JSON.parse(text));
      if (Array.isArray(Object(data).fields)) columns = data.fields.map(String);
      plan = queryPlan ?? plan;
    } catch {
      return;
    }
  }
}

/** The text is what came out of the coding, and has another length. */
function plainHeaders(headers: Headers): Headers {
  const plain = new Headers(headers);
  plain.delete("content-encoding");
  plain.delete("content-length");
  return plain;
}
