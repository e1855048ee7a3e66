# Completion of rnnlm in zsh. In ~/.zshrc, after compinit: source <(rnnlm completion zsh)

_rnnlm() {
    local line="${(j: :)words[2,CURRENT]}" word="${words[CURRENT]}" suggestion
    local -a suggestions
    # The value of a flag that is joined to it, as in --cell=lstm, is asked for as a word of its own.
    if [[ $word == --*=* ]]; then
        line="${line%"$word"}${word%%=*} ${word#*=}"
        word="${word#*=}"
        compset -P 1 '*='
    fi
    for suggestion in "${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}"; do
        # Flags are asked for by a dash; all else is a command or a value. Help has names with a slash, too, which begins the name of a file.
        [[ -z $suggestion || $suggestion == /* || ( $suggestion == -* && $word != -* ) ]] && continue
        suggestions+=("${suggestion%$'\r'}")
    done
    if (( ${#suggestions} )); then
        compadd -a suggestions
    elif [[ $word != -* ]] && (( CURRENT > 2 )); then
        _files
    fi
}

(( ${+functions[compdef]} )) || { autoload -Uz compinit && compinit }
compdef _rnnlm rnnlm
