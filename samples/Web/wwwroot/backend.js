// The model runs on a server, which is asked about the text and keeps nothing of it.
export const privacy = 'What you type goes to the server that the page came from, which answers and keeps nothing.'

export const model = () => read(fetch('api/model'))

export const suggest = text => ask('suggest', { text })

export const accept = (text, suggestion) => ask('accept', { text, suggestion })

export const explain = (text, suggestion) => ask('explain', { text, suggestion })

const ask = (question, body) =>
  read(fetch(`api/${question}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }))

async function read(request) {
  const response = await request
  if (response.ok) return response.json()
  throw new Error(`The server answered ${response.status}. ${await response.text()}`)
}
