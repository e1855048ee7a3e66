# Completion of rnnlm in bash. In ~/.bashrc: source <(rnnlm completion bash)

_rnnlm() {
    local line="${COMP_LINE:0:COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}" suggestion
    local -a suggestions
    COMPREPLY=()
    # What stands after the name of the command, with which the line begins.
    line="${line#*"${COMP_WORDS[0]}"}"
    line="${line# }"
    # The value of a flag that is joined to it, as in --cell=lstm, is a word of its own here, and so it is asked for.
    [[ $word == = ]] && word=
    [[ ${line%"$word"} == *= ]] && line="${line%"=$word"} $word"
    while IFS= read -r suggestion; do
        [[ -z $suggestion || $suggestion != "$word"* ]] && continue
        # Flags are asked for by a dash; all else is a command or a value. Help has names with a slash, too, which begins the name of a file.
        [[ $suggestion == /* || ( $suggestion == -* && $word != -* ) ]] && continue
        suggestions+=("$suggestion")
    done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null | tr -d '\r')
    if [[ ${#suggestions[@]} -gt 0 ]]; then
        COMPREPLY=("${suggestions[@]}")
    elif [[ $word != -* && COMP_CWORD -gt 1 ]]; then
        compopt -o filenames 2>/dev/null
        while IFS= read -r suggestion; do COMPREPLY+=("$suggestion"); done < <(compgen -f -- "$word")
    fi
}

complete -F _rnnlm rnnlm
