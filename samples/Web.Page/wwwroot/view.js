// What the page shows. It decides nothing.
const Buttons = 3
const LeastNats = 0.05 // below, a word is taken to have no influence: × 1.05
const element = id => document.getElementById(id)

const percent = probability => (probability < 0.01 ? '< 1 %' : `${Math.round(100 * probability)} %`)

export const spokenPercent = probability => (probability < 0.01 ? 'below 1 percent' : `${Math.round(100 * probability)} percent`)

export class View {
  field = element('text')
  cards = []

  constructor(take, ask) {
    for (let place = 0; place < Buttons; place++) {
      const card = element('suggestion').content.firstElementChild.cloneNode(true)
      card.querySelector('.number').textContent = place + 1
      card.querySelector('.take').setAttribute('aria-keyshortcuts', `Alt+${place + 1}`)
      card.querySelector('.take').addEventListener('click', () => take(place))
      card.querySelector('.ask').addEventListener('click', () => ask(place))
      element('suggestions').append(card)
      this.cards.push(card)
    }
  }

  describe(description, privacy) {
    element('model').textContent = description
    element('privacy').textContent = privacy
  }

  // The grey text behind the caret; empty for none.
  showGhost(before, ghost) {
    element('before').textContent = before
    element('ghost').textContent = ghost || '\u200B' // so that an empty last line has a height
    element('tab').hidden = !ghost
  }

  showSuggestions(suggestions) {
    this.cards.forEach((card, place) => {
      const suggestion = suggestions[place]
      const [take, ask] = card.querySelectorAll('button')
      take.disabled = ask.disabled = !suggestion
      card.querySelector('.word').textContent = suggestion?.text ?? '–'
      card.querySelector('.share').textContent = suggestion ? percent(suggestion.probability) : ''
      card.style.setProperty('--probability', suggestion?.probability ?? 0)
      ask.setAttribute('aria-label', `why? ${suggestion?.text ?? ''}`)
    })
  }

  // Whether other suggestions are awaited.
  showBusy(isBusy) { element('suggestions').setAttribute('aria-busy', String(isBusy)) }

  // Which of the suggestions has the focus; the first where none has.
  get focused() {
    return Math.max(0, this.cards.findIndex(card => card.contains(document.activeElement)))
  }

  showSaved(text) { element('saved').textContent = text }

  showFault(text) {
    element('fault').hidden = !text
    element('fault').textContent = text
  }

  say(text) { element('spoken').textContent = text }

  get isWhyShown() { return !element('why').hidden }

  hideWhy() { element('why').hidden = true }

  showWhyPending(word) {
    element('why').hidden = false
    element('why').setAttribute('aria-busy', 'true')
    element('why-heading').textContent = `Why “${word}”?`
    element('why-words').replaceChildren()
    element('why-note').textContent = 'Reading the line without each of its words …'
  }

  showWhy({ suggestion, probability, words }) {
    element('why').setAttribute('aria-busy', 'false')
    element('why-heading').textContent = `Why “${suggestion}”?`
    const greatest = Math.max(...words.map(({ nats }) => Math.abs(nats)), Number.MIN_VALUE)
    element('why-words').replaceChildren(...words.map(word => influence(word, Math.sqrt(Math.abs(word.nats) / greatest))))
    element('why-note').textContent = note(probability, words)
  }
}

// Not by colour alone: what raises has a whole line below and a ×, what lowers a dashed one and a ÷.
function influence({ word, nats }, share) {
  const item = document.createElement('li')
  const written = document.createElement('bdi')
  written.textContent = word
  item.append(written)
  if (Math.abs(nats) < LeastNats) return item
  item.className = nats < 0 ? 'lowers' : 'raises'
  item.style.setProperty('--share', share)
  const factor = document.createElement('small')
  factor.textContent = times(nats)
  item.append(' ', factor)
  return item
}

// How many times as probable the suggestion is with the word as without it.
export const times = nats => `${nats < 0 ? '÷' : '×'}\u00A0${Math.exp(Math.abs(nats)).toLocaleString('en', { maximumSignificantDigits: 2, useGrouping: false })}`

function note(probability, words) {
  if (probability === null) return 'The model does not know it: it is a word of your own, learned from this text.'
  if (words.length === 0) return `Nothing stands before it on this line, and ${percent(probability)} of lines begin so.`
  return `${percent(probability)} after these words, before its first letter. ×\u00A02: twice as probable with the word as without it. ÷\u00A02: half as probable.`
}
