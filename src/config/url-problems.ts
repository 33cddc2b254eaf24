/**
 * Addresses that cannot be used. No default takes their place: a key that is meant for one Aura must not be sent to another.
 *
 * @module
 */
import { isLoopback } from "../hosts.ts";
import { type Choice, nameOf } from "./layers.ts";
import type { SettingsProblem } from "./names.ts";
import { ENDPOINT_SETTINGS, type SettingName } from "./variables.ts";

/** What is wrong with the addresses over HTTP. */
export function urlProblems(settings: ReadonlyMap<SettingName, Choice>): SettingsProblem[] {
  return [...ENDPOINT_SETTINGS, "query api url" as const].flatMap((name) => {
    const choice = settings.get(name);
    if (choice === undefined || isUsable(choice.value)) return [];
    return [{
      code: "CONFIG_INVALID",
      message: `${nameOf(choice)} is not an https:// address without credentials ` +
        "(http:// is for this machine only)",
    }];
  });
}

function isUsable(value: string): boolean {
  const { protocol, hostname, username, password } = URL.canParse(value)
    ? new URL(value)
    : {} as Partial<URL>;
  return (protocol === "https:" || (protocol === "http:" && isLoopback(hostname))) &&
    !username && !password;
}
