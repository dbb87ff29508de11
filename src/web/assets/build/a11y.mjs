// Checks pages in a real browser, with and without their scripts, wide and narrow:
//   node a11y.mjs BASE PATH... [--shots DIR]
// Prints each fault and exits 1 if there was any. Automation finds a minority of
// faults; it never shows that a page conforms.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const WIDTHS = [1280, 320]
const MOST_STOPS = 400
const SPACING = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}' +
  'p{margin-bottom:2em!important}'
// The browser must not talk to anybody but the server under test.
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync']
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const { base, paths, shots } = readArguments(process.argv.slice(2))
const profiles = mkdtempSync(join(tmpdir(), 'a11y-'))
let faults = 0

try {
  if (shots) mkdirSync(shots, { recursive: true })
  for (const scripts of [true, false]) await checkAll(scripts)
} finally {
  rmSync(profiles, { recursive: true, force: true })
}
console.log(faults ? `${faults} failure(s)` : 'all clear')
process.exitCode = faults ? 1 : 0

function readArguments(given) {
  const at = given.indexOf('--shots')
  const shots = at < 0 ? null : given.splice(at, 2)[1]
  const [base, ...paths] = given
  if (base && paths.length && shots !== undefined) return { base, paths, shots }
  console.error('usage: node a11y.mjs BASE PATH... [--shots DIR]')
  process.exit(2)
}

async function checkAll(scripts) {
  const context = await openBrowser(scripts)
  try {
    for (const path of paths) for (const width of WIDTHS) await checkPage(context, { path, scripts, width })
  } finally {
    await context.close()
  }
}

// bypassCSP lets axe in; the policy itself is tested in Rust.
async function openBrowser(scripts) {
  const context = await chromium.launchPersistentContext(join(profiles, scripts ? 'with' : 'without'), {
    args: FLAGS,
    bypassCSP: true,
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true
  })
  if (!scripts) await context.route('**/*', withoutScripts)
  return context
}

// axe needs timers, so switching JavaScript off would hang it. Taking the page's
// own scripts out comes to the same.
async function withoutScripts(route) {
  if (route.request().resourceType() !== 'document') return route.continue()
  const response = await route.fetch()
  const body = (await response.text()).replace(/<script[\s\S]*?<\/script>/gi, '')
  await route.fulfill({ response, body })
}

async function checkPage(context, state) {
  const tag = `${state.path} ${state.scripts ? 'with' : 'without'} scripts, ${state.width}px`
  const fail = message => { faults++; console.log(`FAIL ${tag}: ${message}`) }
  const page = await context.newPage()
  try {
    watch(page, fail)
    await page.setViewportSize({ width: state.width, height: 800 })
    const response = await page.goto(new URL(state.path, base).href, { waitUntil: 'load' })
    if (!response.ok()) fail(`status ${response.status()}`)
    await save(page, state)
    const review = await checkRules(page, fail)
    await checkStructure(page, fail)
    await checkReflow(page, fail)
    await checkSpacing(page, fail)
    const stops = state.scripts && state.width === WIDTHS[0] ? await checkKeyboard(page, fail) : null
    console.log(`done ${tag}: ${review} to review by eye${stops === null ? '' : `, ${stops} tab stops`}`)
  } finally {
    await page.close()
  }
}

function watch(page, fail) {
  page.on('pageerror', error => fail(`script error: ${error}`))
  page.on('request', request => {
    const url = new URL(request.url())
    const inside = url.origin === new URL(base).origin || ['data:', 'blob:'].includes(url.protocol)
    if (!inside) fail(`off-site request: ${url}`)
  })
}

async function checkRules(page, fail) {
  await page.evaluate(axe)
  const result = await page.evaluate(rules => axe.run(document, { runOnly: rules }), RULES)
  for (const { id, impact, nodes } of result.violations) {
    fail(`${id} (${impact}), ${nodes.length} place(s): ${nodes.slice(0, 3).map(node => node.target.join(' ')).join(' | ')}`)
  }
  return result.incomplete.length
}

async function checkStructure(page, fail) {
  const { headings, lang } = await page.evaluate(() => ({
    headings: document.querySelectorAll('h1').length,
    lang: document.documentElement.lang
  }))
  if (headings !== 1) fail(`${headings} h1 elements`)
  if (!lang) fail('no lang')
}

function overflows(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
}

async function checkReflow(page, fail) {
  if (await overflows(page)) fail(`scrolls sideways (1.4.10): ${await widest(page)}`)
}

async function checkSpacing(page, fail) {
  await page.addStyleTag({ content: SPACING })
  if (await overflows(page)) fail(`text spacing makes it scroll sideways (1.4.12): ${await widest(page)}`)
}

// Names the culprit, which is the slow part of mending it.
function widest(page) {
  return page.evaluate(() => {
    const wide = [...document.body.querySelectorAll('*')].filter(each => each.getBoundingClientRect().right > innerWidth + 1)
    return wide.slice(-1).map(each => each.outerHTML.slice(0, 80)).join('')
  })
}

async function checkKeyboard(page, fail) {
  await page.reload()
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab')
    const focus = await page.evaluate(describeFocus)
    if (!focus) return stop
    if (stop === 0 && !focus.href?.startsWith('#')) fail(`the first stop is not a skip link: ${focus.what}`)
    if (!focus.marked) fail(`no visible focus: ${focus.what}`)
    if (!focus.onScreen) fail(`focus off screen: ${focus.what}`)
  }
  fail(`more than ${MOST_STOPS} tab stops: a keyboard trap?`)
  return MOST_STOPS
}

// Any outline or shadow counts as a focus mark. A govuk checkbox is itself
// invisible and shows its focus on the label beside it.
function describeFocus() {
  const node = document.activeElement
  if (!node || node === document.body) return null
  const box = node.getBoundingClientRect()
  const marked = style => style.outlineStyle !== 'none' || style.boxShadow !== 'none'
  return {
    href: node.getAttribute('href'),
    marked: marked(getComputedStyle(node)),
    onScreen: box.bottom > 0 && box.top < innerHeight,
    what: node.outerHTML.slice(0, 80)
  }
}

async function save(page, { path, scripts, width }) {
  if (!shots) return
  const name = `${path.replace(/[^\w]+/g, '-').replace(/^-|-$/g, '') || 'home'}-${width}${scripts ? '' : '-plain'}`
  await page.screenshot({ fullPage: true, path: join(shots, `${name}.png`) })
  if (!scripts || width !== WIDTHS[0]) return
  await page.emulateMedia({ forcedColors: 'active' })
  await page.screenshot({ fullPage: true, path: join(shots, `${name}-forced-colours.png`) })
  await page.emulateMedia({ forcedColors: 'none', media: 'print' })
  await page.pdf({ format: 'A4', path: join(shots, `${name}.pdf`) })
  await page.emulateMedia({ media: 'screen' })
}
