// Follows a person who types: asks the model, shows what it suggests, and puts in what is taken.
import * as backend from './backend.js'
import { alike, completed, rest, standsClose } from './completion.js'
import { Keystrokes } from './keystrokes.js'
import { View, spokenPercent, times } from './view.js'

const LeastShown = 0.1 // less probable suggestions are on the buttons, but not in the text
const Pause = 700 // milliseconds without a keystroke after which suggestions are spoken
const SpokenReasons = 3

const view = new View(take, explain)
const field = view.field
let keystrokes = new Keystrokes()
let shown = { text: '', suggestions: [] } // what was suggested, and for which text
let isAway = false // the grey suggestion was put away
let ownSpace = -1 // where the caret stands behind a space that came with a suggestion
let isInserting = false
let isOutdated = false
let answered = null // what is awaited while the model is asked
let explained = 0
let pause

const before = () => field.value.slice(0, field.selectionStart)

const isCaret = () => field.selectionStart === field.selectionEnd

// ---- What is shown

function ghost() {
  const [first] = shown.suggestions
  const isAtEnd = isCaret() && field.value.slice(field.selectionStart).trim() === ''
  return isAway || !first || !isAtEnd || first.probability < LeastShown ? '' : rest(before(), shown.text, first) ?? ''
}

const render = () => view.showGhost(before(), ghost())

// Asks for suggestions. While an answer is awaited only the last question is kept.
function refresh() {
  render()
  isOutdated = true
  answered ??= ask().finally(() => { answered = null })
  return answered
}

async function ask() {
  view.showBusy(true)
  while (isOutdated) {
    isOutdated = false
    const text = before()
    try {
      show(await backend.suggest(text), text)
      view.showFault('')
    } catch (fault) {
      view.showFault(fault.message)
    }
  }
  view.showBusy(false)
}

function show({ suggestions }, text) {
  if (text !== before()) return
  shown = { text, suggestions }
  view.showSuggestions(suggestions)
  render()
  clearTimeout(pause)
  pause = setTimeout(() => view.say(suggestions.map(({ text, probability }) => `${text}, ${spokenPercent(probability)}`).join('; ')), Pause)
}

// ---- What is taken

function put(from, to, text) {
  isInserting = true
  field.setSelectionRange(from, to)
  // The only way of changing a text that the person can undo.
  const isDone = from === to && text === '' || document.execCommand(text === '' ? 'delete' : 'insertText', false, text)
  if (!isDone) field.setRangeText(text, from, to, 'end')
  isInserting = false
}

async function take(place) {
  const suggestion = shown.suggestions[place]
  const current = before()
  if (!suggestion || rest(current, shown.text, suggestion) === null) return
  const { text } = shown
  const goal = completed(text, suggestion)
  const kept = alike(current, goal)
  field.focus()
  put(kept, current.length, goal.slice(kept))
  keystrokes.take(current.length - kept, goal.length - kept)
  changed()
  view.showBusy(true)
  try {
    const answer = await backend.accept(text, suggestion)
    view.showBusy(answered !== null)
    if (before() !== goal) return refresh() // typed on already
    if (answer.text === `${goal} ` && field.value[goal.length] !== ' ') {
      put(goal.length, goal.length, ' ')
      ownSpace = goal.length + 1
      keystrokes.giveSpace()
      changed()
    }
    if (answer.text === before()) show(answer, before())
    else refresh()
  } catch (fault) {
    view.showFault(fault.message)
  }
}

function changed() {
  isAway = false
  view.hideWhy()
  view.showSaved(keystrokes.toString())
  render()
}

// ---- Why

async function explain(place) {
  await answered // of what was suggested for a text that has changed nobody asks
  const suggestion = shown.suggestions[place]
  if (!suggestion) return
  const number = ++explained
  view.showWhyPending(suggestion.text)
  try {
    const explanation = await backend.explain(shown.text, suggestion)
    if (number !== explained || !view.isWhyShown) return
    view.showWhy(explanation)
    const strongest = [...explanation.words].sort((one, other) => Math.abs(other.nats) - Math.abs(one.nats)).slice(0, SpokenReasons)
    view.say(`Why ${suggestion.text}: ${strongest.map(({ word, nats }) => `${word} ${times(nats)}`).join('; ') || 'nothing stands before it'}`)
  } catch (fault) {
    view.hideWhy()
    view.showFault(fault.message)
  }
}

// ---- What is typed

field.addEventListener('beforeinput', event => {
  if (isInserting || event.inputType !== 'insertText' || !isCaret() || field.selectionStart !== ownSpace) return
  if (event.data === ' ') {
    event.preventDefault()
    keystrokes.typeSpaceTwice()
    view.showSaved(keystrokes.toString())
    ownSpace = -1
  } else if (standsClose(event.data ?? '')) {
    field.setSelectionRange(ownSpace - 1, ownSpace)
    keystrokes.takeSpaceBack()
  }
})

field.addEventListener('input', event => {
  if (isInserting) return
  ownSpace = -1
  keystrokes.count(event)
  changed()
  refresh()
})

document.addEventListener('selectionchange', () => {
  if (document.activeElement !== field || isInserting || shown.text === before()) return
  if (field.selectionStart !== ownSpace) ownSpace = -1
  refresh()
})

field.addEventListener('keydown', event => {
  if (event.isComposing) return
  const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey
  if (event.key === 'Tab' && isPlain && ghost()) {
    event.preventDefault()
    take(0)
  } else if (event.key === 'Escape' && isPlain && !view.isWhyShown && ghost()) {
    isAway = true
    render()
  }
})

document.addEventListener('keydown', event => {
  const isAlt = event.altKey && !event.ctrlKey && !event.metaKey
  const digit = isAlt ? /^(?:Digit|Numpad)([1-3])$/.exec(event.code) : null
  if (digit) {
    event.preventDefault()
    take(Number(digit[1]) - 1)
  } else if ((event.key === 'F2' || (isAlt && event.code === 'KeyW')) && !event.repeat) {
    event.preventDefault()
    if (view.isWhyShown) view.hideWhy()
    else explain(view.focused)
  } else if (event.key === 'Escape' && view.isWhyShown) {
    view.hideWhy()
    field.focus()
  }
})

document.getElementById('again').addEventListener('click', () => {
  keystrokes = new Keystrokes()
  field.focus()
  put(0, field.value.length, '')
  changed()
  refresh()
})

// ---- The beginning

render()
view.describe('The model is on its way …', backend.privacy)
try {
  view.describe((await backend.model()).description, backend.privacy)
  field.focus()
  await refresh()
} catch (fault) {
  view.showFault(fault.message)
}
