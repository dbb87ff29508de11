// Serves the sample pages with the built assets and the real content policy:
//   node sample.mjs [port]
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const types = {
  '.css': 'text/css', '.html': 'text/html', '.ico': 'image/x-icon', '.js': 'text/javascript',
  '.png': 'image/png', '.svg': 'image/svg+xml'
}
const policy = "default-src 'none'; script-src 'self' 'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='; " +
  "style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
const pages = { '/': 'sample.html', '/print': 'sample-print.html' }
const asset = /^\/assets\/((?:leaflet\/|icons\/)?[\w-]+\.\w+)$/

const suggestions = [
  { kind: 'need', label: 'Gardening', detail: '12 services', href: '/?need=gardening' },
  { kind: 'need', label: 'Loneliness', detail: '34 services', href: '/?need=loneliness' },
  { kind: 'service', label: 'Growing together', detail: 'Marlow Road Community Garden', href: '/?service=1' },
  { kind: 'place', label: 'Gardener’s Green', detail: 'Neighbourhood in Castlebridge', href: '/?place=2' }
]

function answer(path) {
  if (path === '/suggest') return ['application/json', JSON.stringify({ suggestions })]
  const file = pages[path] ? join(here, pages[path]) : asset.test(path) && join(here, '..', asset.exec(path)[1])
  if (!file) throw new Error('no such page')
  return [types[extname(file)], readFileSync(file)]
}

const server = createServer((request, response) => {
  try {
    const [type, body] = answer(new URL(request.url, 'http://sample').pathname)
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy })
    response.end(body)
  } catch {
    response.writeHead(404).end()
  }
})
server.listen(Number(process.argv[2] ?? 8099), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`))
