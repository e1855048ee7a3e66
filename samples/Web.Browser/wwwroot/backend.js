// The model runs in the browser, in a worker of its own, so that a long answer never keeps the person from typing.
export const privacy = 'The model runs in this page. Nothing that you type leaves your computer.'

const worker = new Worker(new URL('worker.js', import.meta.url), { type: 'module' })
const asked = new Map()
let last = 0

worker.onmessage = ({ data: { number, answer, fault } }) => {
  const { resolve, reject } = asked.get(number)
  asked.delete(number)
  if (fault === undefined) resolve(JSON.parse(answer))
  else reject(new Error(fault))
}

worker.onerror = ({ message }) => {
  for (const { reject } of asked.values()) reject(new Error(message ?? 'The worker with the model cannot be started.'))
  asked.clear()
}

export const model = () => ask('Load')

export const suggest = text => ask('Suggest', text)

export const accept = (text, suggestion) => ask('Accept', text, ...parts(suggestion))

export const explain = (text, suggestion) => ask('Explain', text, ...parts(suggestion))

const parts = ({ text, replacedLength, probability }) => [text, replacedLength, probability]

const ask = (question, ...given) => new Promise((resolve, reject) => {
  asked.set(++last, { resolve, reject })
  worker.postMessage({ number: last, question, given })
})
