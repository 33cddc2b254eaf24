/**
 * The file that the Aura console offers when an instance is created, written for instances that are created from here.
 *
 * @see https://neo4j.com/docs/aura/getting-started/connect-instance/
 * @module
 */

/** An instance with the password that is shown only once. */
export interface InstanceLogin {
  readonly id: string;
  readonly name: string;
  readonly connection_url: string | null;
  readonly username: string;
  readonly password: { reveal(): string };
  /** @default left out: the user's home database */
  readonly database?: string | undefined;
}

/** Gives the text; `--credentials-file`, and every other reader of such files, takes it. */
export function formatCredentialsFile(login: InstanceLogin): string {
  const { id, name, connection_url: uri, username, password, database } = login;
  return [
    "# Wait 60 seconds before connecting using these details, or login to https://console.neo4j.io to validate the Aura Instance is available",
    `NEO4J_URI=${uri ?? ""}`,
    `NEO4J_USERNAME=${quoted(username)}`,
    `NEO4J_PASSWORD=${quoted(password.reveal())}`,
    ...database === undefined ? [] : [`NEO4J_DATABASE=${quoted(database)}`],
    `AURA_INSTANCEID=${id}`,
    `AURA_INSTANCENAME=${quoted(name)}`,
    "",
  ].join("\n");
}

/** As the console writes it where that can be read back; else in quotes, the single ones if they do: what is in them is nowhere expanded. */
function quoted(text: string): string {
  if (/^[\w.+/:@%,=~!*()?&;^-]+(?: [\w.+/:@%,=~!*()?&;^-]+)*$/.test(text)) return text;
  if (!/['\r\n]/.test(text)) return `'${text}'`;
  const escaped = text.replace(/[\\"$]/g, String.raw`\$&`);
  return `"${escaped.replace(/\n/g, String.raw`\n`).replace(/\r/g, String.raw`\r`)}"`;
}
