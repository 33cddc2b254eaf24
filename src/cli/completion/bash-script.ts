/**
 * Completion for bash, from version 3.2 on: no process is started at a TAB.
 *
 * @module
 */
import {
  type CompletionFlag,
  type CompletionPlace,
  type CompletionValue,
  valuePatterns,
} from "./places.ts";

/** The script, with how to install it in its head. */
export function bashScript(
  places: readonly CompletionPlace[],
  everywhere: readonly CompletionFlag[],
): string {
  const paths = places.filter(({ path }) => path !== "").map(({ path }) => `"${path}"`);
  return `# Completion of aura-wake for bash.
#   for this shell:   source <(aura-wake completion bash)     (bash 3.2: eval "$(aura-wake completion bash)")
#   for every shell:  mkdir -p ~/.local/share/bash-completion/completions
#                     aura-wake completion bash > ~/.local/share/bash-completion/completions/aura-wake
#   without the package bash-completion: put the first line into ~/.bashrc

# Whether these words begin a command.
_aura_wake_knows() {
  case "$1" in
    ${paths.join(" | ")}) return 0 ;;
  esac
  return 1
}

# What may follow a flag, in "choices"; fails where the flag takes no value.
_aura_wake_value() {
  choices=
  case "$1 $2" in
${valueCases(places, everywhere)}
    *) return 1 ;;
  esac
}

# What may come after these words, in "next" and "flags".
_aura_wake_place() {
  next= flags=${quoted(everywhere.flatMap(({ spellings }) => spellings))}
  case "$1" in
${places.map(placeCase).join("\n")}
  esac
}

_aura_wake() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}"
  local place="" word index skip="" choices next flags line found
  # bash breaks --output=json into three words.
  if [[ $current == = ]]; then
    current=
  elif [[ $previous == = ]]; then
    previous="\${COMP_WORDS[COMP_CWORD - 2]}"
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    if [[ -n $skip ]]; then
      if [[ $word != = ]]; then skip=; fi
    elif [[ $word == -* ]]; then
      if _aura_wake_value "$place" "$word"; then skip=1; fi
    elif _aura_wake_knows "\${place:+$place }$word"; then
      place="\${place:+$place }$word"
    fi
  done
  if [[ $previous == -* ]] && _aura_wake_value "$place" "$previous"; then
    if [[ $choices == : ]]; then
      compopt -o filenames 2> /dev/null
      found="$(compgen -f -- "$current")"
    else
      found="$(compgen -W "$choices" -- "$current")"
    fi
  else
    _aura_wake_place "$place"
    if [[ $current == -* ]]; then next="$flags"; fi
    found="$(compgen -W "$next" -- "$current")"
  fi
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ -n $line ]]; then COMPREPLY+=("$line"); fi
  done <<< "$found"
}

complete -F _aura_wake aura-wake
`;
}

function valueCases(
  places: readonly CompletionPlace[],
  everywhere: readonly CompletionFlag[],
): string {
  return valuePatterns(places, everywhere).map(([value, patterns]) =>
    `    ${patterns.join(" | ")}) choices=${choicesOf(value)} ;;`
  ).join("\n");
}

/** A colon stands for the names of files: it is no word of ours. */
function choicesOf(value: CompletionValue): string {
  return value.kind === "words" ? quoted(value.words) : value.kind === "file" ? '":"' : "";
}

function placeCase({ path, words, flags }: CompletionPlace): string {
  const own = flags.flatMap(({ spellings }) => spellings);
  return `    "${path}") next=${quoted(words.map(({ word }) => word))}${
    own.length > 0 ? ` flags="$flags ${own.join(" ")}"` : ""
  } ;;`;
}

function quoted(words: readonly string[]): string {
  return `"${words.join(" ")}"`;
}
