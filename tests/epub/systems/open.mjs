// node open.mjs BOOK.epub…: opens books in foliate-js and epub.js, in Chromium without a screen.
// One JSON line for each book and system: what is seen in each section, and what went wrong.
// Served on loopback; every other request is refused and told.
import { createServer } from 'node:http'
import fs from 'node:fs'
import path from 'node:path'
import puppeteer from 'puppeteer-core'

const here = import.meta.dirname
const types = { '.js': 'text/javascript', '.html': 'text/html', '.epub': 'application/epub+zip' }
let book

const server = createServer((request, response) => {
  const name = decodeURIComponent(new URL(request.url, 'http://x').pathname)
  const file = name === '/book.epub' ? book : path.join(here, path.normalize(name))
  if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile()) {
    response.statusCode = 404
    return response.end()
  }
  response.setHeader('content-type', types[path.extname(file)] ?? 'application/octet-stream')
  fs.createReadStream(file).pipe(response)
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const base = `http://127.0.0.1:${server.address().port}`
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM, timeout: 120_000, protocolTimeout: 600_000,
  args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
})

async function open(system) {
  const faults = []
  const page = await browser.newPage()
  await page.setViewport({ width: 536, height: 724, deviceScaleFactor: 1 }) // six inches
  page.on('pageerror', (error) => faults.push(`script: ${error.message ?? error}`))
  page.on('console', (message) => {
    const icon = message.location()?.url?.includes('favicon')
    if (message.type() === 'error' && !icon) faults.push(`console: ${message.text()}`)
  })
  await page.setRequestInterception(true)
  page.on('request', (request) => {
    const url = request.url()
    if (/^(blob|data|about):/.test(url) || url.startsWith(base)) return request.continue()
    faults.push(`asks for ${url}`)
    return request.abort()
  })
  const sections = []
  try {
    await page.goto(`${base}/${system}.html`)
    await page.waitForFunction('window.ready || window.broken', { timeout: 120_000 })
    const broken = await page.evaluate('window.broken')
    if (broken) throw new Error(broken)
    const names = await page.evaluate('window.sections')
    for (const [index, name] of names.entries()) {
      const found = await page.evaluate((at) => window.show(at), index)
      if (!found.characters && !found.pictures.length) faults.push(`${name}: blank`)
      if (found.pictures.includes(false)) faults.push(`${name}: a picture is not shown`)
      for (const font of found.failed) faults.push(`${name}: the font ${font} failed`)
      sections.push({ name, characters: found.characters })
    }
  } catch (error) { faults.push(String(error.stack ?? error)) }
  await page.close()
  return { book, system, faults, sections }
}

for (book of process.argv.slice(2).map((name) => path.resolve(name))) {
  for (const system of ['foliate', 'epubjs']) {
    const line = JSON.stringify(await open(system)) + '\n'
    await new Promise((resolve) => process.stdout.write(line, resolve))
  }
}
await browser.close()
server.close()
