# An interactive shell that prints what it would offer at the first tab, and ends.
PROMPT= ; PS2=
autoload -Uz compinit; compinit -u -D
bindkey '^I' complete-word
zstyle ':completion:*' insert-tab false
begin_offers() { print; print OFFERS }
end_offers() { print END; exit }
compprefuncs=(begin_offers); comppostfuncs=(end_offers)
compadd() {
  # Calls that only look what would match add nothing.
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
  local -a hits
  builtin compadd -A hits "$@"
  (( $#hits )) && print -rl -- $hits
  builtin compadd "$@"
}
