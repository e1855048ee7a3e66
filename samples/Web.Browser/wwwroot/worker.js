// Runs .NET beside the page. It fetches what belongs to the page, once, and then nothing more.
import { dotnet } from './_framework/dotnet.js'

const starting = start()

self.onmessage = async ({ data: { number, question, given } }) => {
  try {
    const { backend, file } = await starting
    const answer = question === 'Load' ? backend.Load(file) : backend[question](...given)
    self.postMessage({ number, answer })
  } catch (fault) {
    self.postMessage({ number, fault: fault.message })
  }
}

async function start() {
  const [runtime, file] = await Promise.all([dotnet.create(), fetchModel()])
  const { WebBrowser } = await runtime.getAssemblyExports(runtime.getConfig().mainAssemblyName)
  return { backend: WebBrowser.Backend, file }
}

async function fetchModel() {
  const response = await fetch('model.rnnlm')
  if (!response.ok) throw new Error(`There is no model.rnnlm beside the page (${response.status}). Publish with -p:Model=FILE, or put one there.`)
  return new Uint8Array(await response.arrayBuffer())
}
