# Completion of rnnlm in PowerShell. In $PROFILE: rnnlm completion pwsh | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName rnnlm -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $name = $commandAst.CommandElements[0].Extent
    $text = $commandAst.ToString().PadRight($cursorPosition - $commandAst.Extent.StartOffset)
    $line = $text.Substring($name.Text.Length, $cursorPosition - $name.EndOffset)
    if ($line.StartsWith(' ')) { $line = $line.Substring(1) }
    # The value of a flag that is joined to it, as in --cell=lstm, is asked for as a word of its own.
    $flag = if ($wordToComplete -match '^--[^=]*=') { $Matches[0] } else { '' }
    if ($flag) {
        $wordToComplete = $wordToComplete.Substring($flag.Length)
        $line = $line.Substring(0, $line.Length - $flag.Length - $wordToComplete.Length) + $flag.TrimEnd('=') + ' ' + $wordToComplete
    }
    # Flags are asked for by a dash; all else is a command or a value. Help has names with a slash, too, which begins the name of a file.
    # Where there is no suggestion, PowerShell offers names of files by itself.
    & $name.Text "[suggest:$($line.Length)]" $line 2>$null |
        Where-Object { $_ -and $_.StartsWith($wordToComplete) -and -not $_.StartsWith('/') -and ($wordToComplete.StartsWith('-') -or -not $_.StartsWith('-')) } |
        ForEach-Object { [System.Management.Automation.CompletionResult]::new("$flag$_", $_, 'ParameterValue', $_) }
}
