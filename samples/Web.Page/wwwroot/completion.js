// What a suggestion makes of the text that it was made for, and what of that is still to come while the person types on.

// The text with a suggestion in it.
export const completed = (text, { text: word, replacedLength }) => text.slice(0, text.length - replacedLength) + word

// How many characters two texts begin with alike; of a surrogate pair both halves or none.
export function alike(one, other) {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  return /[\uD800-\uDBFF]/.test(one[length - 1] ?? '') ? length - 1 : length
}

// What is shown behind the caret of a suggestion made for a text; null where it is no more for this one.
export function rest(current, text, suggestion) {
  const goal = completed(text, suggestion)
  if (goal.startsWith(current)) return goal.slice(current.length)
  if (current !== text) return null
  const replaced = text.slice(text.length - suggestion.replacedLength)
  return replaced.trim() === '' ? suggestion.text : ` → ${suggestion.text}` // it corrects letters
}

// Whether a character stands close to the word before it, so that a space that came with a suggestion goes.
export const standsClose = character => /^[\p{Pe}\p{Pf}.,;:!?…%]$/u.test(character)
