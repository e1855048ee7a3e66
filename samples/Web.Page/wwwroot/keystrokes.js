// Counts the keystrokes that were made, and those that suggestions saved. What is pasted counts as neither.
export class Keystrokes {
  made = 0
  saved = 0

  get share() {
    return this.made + this.saved > 0 ? this.saved / (this.made + this.saved) : 0
  }

  // What the browser says of a change (InputEvent).
  count({ inputType, data, isComposing }) {
    if (inputType === 'insertText' || inputType === 'insertLineBreak' || inputType.startsWith('delete')) this.made++
    else if (inputType === 'insertCompositionText' && !isComposing) this.made += data?.length ?? 0
  }

  // A suggestion takes one keystroke instead of those that would have deleted and typed the same.
  take(deleted, typed) {
    this.made++
    this.saved += deleted + typed - 1
  }

  // The space behind a suggestion comes without a keystroke, and goes without one where a comma follows.
  giveSpace() { this.saved++ }

  takeSpaceBack() { this.saved-- }

  // A space that was typed where one had come already.
  typeSpaceTwice() {
    this.made++
    this.saved--
  }

  toString() {
    if (this.saved <= 0) return 'No keystroke has been saved yet.'
    const all = this.made + this.saved
    return `${Math.round(100 * this.share)} % of keystrokes saved: ${this.made} instead of ${all}.`
  }
}
