// A link worker's way through the pages, in a real browser: home, results, listing, map, print.
// usage: node journey.mjs BASE     exit 1 on any failure
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const assets = new URL('../../src/web/assets/build/', import.meta.url);
const { chromium } = createRequire(assets)('playwright-core');
const base = process.argv[2];
const shots = process.env.SHOTS;
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

let failures = 0;
const check = (holds, claim) => {
  console.log(holds ? 'ok  ' : 'FAIL', claim);
  if (!holds) failures += 1;
};

const journey = async (page, tag) => {
  const shot = async name => shots && page.screenshot({ path: join(shots, `${tag}-${name}.png`), fullPage: true });
  const errors = [];
  page.on('request', request => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== new URL(base).origin) errors.push(`off-site ${url}`);
  });
  page.on('console', message => message.type() === 'error' && errors.push(message.text()));

  await page.goto(base);
  await shot('home');
  await page.locator('input[name=q]').first().fill('lonely, likes gardening');
  await page.locator('input[name=near]').first().fill('WN1 1YF');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search\?/);
  await shot('results');
  const cards = page.locator('.ha-card');
  check(await cards.count() >= 3, `${tag}: the search finds at least three services`);
  check((await page.content()).includes('demonstration'), `${tag}: the page says that these are demonstration listings`);
  check(await page.locator('.ha-card .ha-why').count() > 0, `${tag}: each card says why it is there`);

  await cards.first().locator('h3 a').click();
  await page.waitForURL(/\/services\//);
  await shot('listing');
  const listing = await page.content();
  check(/Not suitable for|Not for/.test(listing), `${tag}: the listing says who it is not for`);
  check(/onfirmed/.test(listing), `${tag}: the listing says when it was confirmed`);

  await page.goBack();
  await page.locator('a[href*="/search/map"]').first().click();
  await page.waitForURL(/\/search\/map/);
  await shot('map');
  check(await page.locator('#map').count() === 1, `${tag}: there is a map beside the list`);

  await page.goBack();
  await page.locator('a[href*="/search/print"]').first().click();
  await page.waitForURL(/\/search\/print/);
  await shot('print');
  check((await page.content()).includes('Ring before you travel'), `${tag}: the print says to ring before travelling`);
  check(errors.length === 0, `${tag}: no page calls out or fails (${errors.slice(0, 3).join('; ')})`);
};

for (const scripts of [true, false]) {
  for (const width of [1280, 320]) {
    const profile = mkdtempSync(join(tmpdir(), 'hereabouts-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      headless: true,
      args: ARGS,
      javaScriptEnabled: scripts,
      reducedMotion: 'reduce',
      viewport: { width, height: 900 },
    });
    try {
      const tag = `${width}px, scripts ${scripts ? 'on' : 'off'}`;
      await journey(await context.newPage(), tag);
    } catch (error) {
      check(false, `${width}px, scripts ${scripts}: ${error.message.split('\n')[0]}`);
    } finally {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    }
  }
}
console.log(failures ? `${failures} failed` : 'the whole journey holds');
process.exit(failures ? 1 : 0);
