# Completion of rnnlm in fish. In ~/.config/fish/config.fish: rnnlm completion fish | source

function __rnnlm_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    # The value of a flag that is joined to it, as in --cell=lstm, is asked for as a word of its own.
    set -l flag (string match -r -- '^--[^=]*=' "$word")
    set word (string replace -r -- '^--[^=]*=' '' "$word")
    set -l line (string join ' ' -- $words[2..-1] (string trim -r -c = -- "$flag") "$word")
    set -l suggestions
    for suggestion in ($words[1] "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null | string trim)
        # Flags are asked for by a dash; all else is a command or a value. Help has names with a slash, too, which begins the name of a file.
        if test -n "$suggestion"; and not string match -q -- '/*' "$suggestion"; and begin
                string match -q -- '-*' "$word"; or not string match -q -- '-*' "$suggestion"
            end
            set -a suggestions $suggestion
        end
    end
    if test (count $suggestions) -gt 0
        printf "$flag%s\n" $suggestions
    else if not string match -q -- '-*' "$word"; and test (count $words) -gt 1
        __fish_complete_path "$word"
    end
end

complete -c rnnlm -f -a '(__rnnlm_complete)'
