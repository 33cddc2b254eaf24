/**
 * How a server may write a secret that it was sent, should it echo the request in an error.
 *
 * @module
 */
import type { AuraRequest, Method, RequestOptions } from "./request.ts";

/** The secret as it is, as JSON of several makes has it, and as JSON inside such JSON. */
export function spellings(secret: string): string[] {
  const once = inJson(secret);
  const all = [inJson(once), once].flatMap((text) => [
    ...withoutUnicode(text),
    text.replaceAll("/", "\\/"),
    text,
  ]);
  return [...new Set([...all, secret])];
}

/** A requester that looks for each secret of a call in all its spellings. */
export function withSpellings(request: AuraRequest): AuraRequest {
  return async <T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> => {
    const { secrets = [] } = options;
    return await request<T>(method, path, { ...options, secrets: secrets.flatMap(spellings) });
  };
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** With digits of either case in place of what is not ASCII. */
function withoutUnicode(text: string): string[] {
  const digits = (char: string): string => char.charCodeAt(0).toString(16).padStart(4, "0");
  return [
    text.replaceAll(/[^ -~]/g, (char) => "\\u" + digits(char)),
    text.replaceAll(/[^ -~]/g, (char) => "\\u" + digits(char).toUpperCase()),
  ];
}
