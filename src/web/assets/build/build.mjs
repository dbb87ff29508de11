// Builds every file that the pages serve from third-party or compiled sources.
//   node build.mjs           writes them beside this folder
//   node build.mjs --check   builds into a temporary folder and compares
// The results are committed, so that cargo needs no Node and a reviewer can see
// each shipped byte; the check proves that they came from these sources.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import esbuild from 'esbuild'
import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const assets = dirname(here)
const vendor = (...path) => readFileSync(join(here, 'node_modules', ...path))

function stylesheet() {
  const { css } = sass.compile(join(here, 'site.scss'), {
    charset: false,
    loadPaths: [join(here, 'node_modules')],
    quietDeps: true,
    style: 'compressed'
  })
  if (css.includes('url(')) throw new Error('site.css must not load anything')
  return `${css}\n`
}

function script(entry) {
  const built = esbuild.buildSync({
    absWorkingDir: here,
    bundle: true,
    entryPoints: [entry],
    format: 'esm',
    legalComments: 'none',
    minify: true,
    target: 'es2018',
    write: false
  })
  return built.outputFiles[0].text
}

// Leaflet's stylesheet names images for its default marker and its layer
// control, and a VML behaviour for a browser that is gone. We use none of them,
// so those declarations go and no page can ask for a file that is not there.
function leafletStyles() {
  const source = vendor('leaflet', 'dist', 'leaflet.css').toString()
  const css = source.replace(/^[\t ]*[\w-]+:[^;\n]*url\([^)]*\);\r?\n/gm, '')
  if (css.includes('url(')) throw new Error('leaflet.css must not load anything')
  return `/* Leaflet 1.9.4, without the declarations that load images. See ../THIRD-PARTY.md */\n${css}`
}

// Relative to the assets folder: what is built and how.
const outputs = {
  'site.css': stylesheet,
  'site.js': () => script('site.mjs'),
  'map.js': () => script('map.mjs'),
  'leaflet/leaflet.js': () => vendor('leaflet', 'dist', 'leaflet.js'),
  'leaflet/leaflet.css': leafletStyles,
  'leaflet/LICENSE': () => vendor('leaflet', 'LICENSE')
}

function buildInto(folder) {
  for (const [name, make] of Object.entries(outputs)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, make())
  }
}

// Third-party files are vouched for by their hashes in THIRD-PARTY.md.
function missingHashes(folder) {
  const register = readFileSync(join(assets, 'THIRD-PARTY.md'), 'utf8')
  const hash = name => createHash('sha256').update(readFileSync(join(folder, name))).digest('hex')
  return Object.keys(outputs).filter(name => name.startsWith('leaflet/') && !register.includes(hash(name)))
}

function differences(folder) {
  const same = name => existsSync(join(assets, name)) &&
    readFileSync(join(assets, name)).equals(readFileSync(join(folder, name)))
  return Object.keys(outputs).filter(name => !same(name))
}

function check() {
  const folder = mkdtempSync(join(tmpdir(), 'assets-'))
  try {
    buildInto(folder)
    const faults = [
      ...differences(folder).map(name => `${name} differs from what its sources build; run npm run build`),
      ...missingHashes(folder).map(name => `the hash of ${name} is not in THIRD-PARTY.md`)
    ]
    for (const fault of faults) console.error(fault)
    process.exitCode = faults.length ? 1 : 0
    if (!faults.length) console.log(`${Object.keys(outputs).length} files are as their sources build them`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (process.argv.includes('--check')) check()
else buildInto(assets)
