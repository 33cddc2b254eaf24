/**
 * Has those who have subscribed to an instance hear of it whenever the client of a call does.
 *
 * @module
 */
import type { ToolCall } from "../call.ts";
import { instanceUri } from "../resources/uris.ts";

/** The same call, whose progress is about this instance. */
export function tellingChanges(call: ToolCall, id: string): ToolCall {
  return {
    ...call,
    progress() {
      const progress = call.progress();
      let shown = "";
      return {
        ...(progress.isLive !== undefined && { isLive: progress.isLive }),
        show(text) {
          if (text !== shown) call.changed(instanceUri(id));
          shown = text;
          progress.show(text);
        },
        end: () => progress.end(),
      };
    },
  };
}
