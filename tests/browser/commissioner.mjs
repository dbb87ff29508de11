// What a commissioner asks of a place, in a real browser and by keyboard: what there is for a need
// in three neighbourhoods, who takes people now, where the numbers come from, what stands on one
// leg, and the whole as a workbook. Every number that is pressed opens a list of that length.
// usage: node commissioner.mjs BASE     exit 1 on any failure
import { base, check, end, everyWay, press, sees } from './browser.mjs';

const NEIGHBOURHOODS = ['Leigh town', 'Wigan central', 'Hindley and Ince'];

await everyWay(async way => {
  const at = { ...way, says: sees(way.page, way.tag), began: Date.now(), looking: 0 };
  at.see = async name => {
    const before = Date.now();
    await way.look(name);
    at.looking += Date.now() - before;
  };
  await chosen(at);
  await inThreePlaces(at);
  await onAMap(at);
  await toLookAt(at);
  await taken(at);
  const seconds = (Date.now() - at.began - at.looking) / 1000;
  check(seconds < 300, `${at.tag}: all of it was answered in ${seconds.toFixed(1)} s`);
});
end();

async function go(page, role, name) {
  await Promise.all([page.waitForEvent('load'), press(page, role, name)]);
}

async function chosen({ page, tag, says, see, scripts }) {
  await page.goto(base);
  const menu = page.getByRole('button', { name: 'Menu', exact: true });
  if (scripts && await menu.isVisible()) await press(page, 'button', 'Menu');
  await go(page, 'link', 'Commissioning');
  await see('choose a place');
  await page.getByLabel('Which place?').fill('Wigan council');
  await go(page, 'button', 'Show its figures');
  check(new URL(page.url()).pathname === '/commissioning/E08000010', `${tag}: the place is found (${page.url()})`);
  await says('Distinct services that serve any part of the place', 'each figure says what it counts');
}

/** The cells of a need in some places: how many services there are, and how many take people. */
async function cells(page, need) {
  const heads = await page.locator('.ha-matrix thead th').allTextContents();
  const row = page.locator('.ha-matrix tbody tr', { has: page.getByRole('rowheader', { name: need, exact: true }) });
  return NEIGHBOURHOODS.map(name => row.locator('td').nth(heads.indexOf(name) - 1));
}

async function inThreePlaces({ page, tag, see }) {
  await page.getByLabel('Needs', { exact: true }).selectOption({ label: 'Company and connection' });
  await page.getByLabel('Places', { exact: true }).selectOption({ label: '8 local areas' });
  await go(page, 'button', 'Show');
  await see('needs by place');
  for (const [at, name] of NEIGHBOURHOODS.entries()) {
    for (const nth of [0, 1]) {
      const link = (await cells(page, 'Loneliness'))[at].locator('a').nth(nth);
      const number = Number(await link.getAttribute('data-count'));
      await link.focus();
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
      const said = await page.locator('h2').first().textContent();
      check(Number(said.match(/^[\d,]+/)?.[0].replace(',', '')) === number, `${tag}: ${number} in ${name} opens a list of as many (${said})`);
      if (at + nth === 0) await see('the list behind a figure');
      await Promise.all([page.waitForEvent('load'), page.goBack()]);
    }
  }
}

async function onAMap({ page, tag, says, see }) {
  await go(page, 'link', 'Loneliness');
  await says('Press the head of a column', 'the need is on a map beside its table');
  check(await page.locator('.ha-shade').count() >= 8, `${tag}: every neighbourhood is on it`);
  await see('a need by place');
  await page.getByLabel('Places', { exact: true }).selectOption({ label: '25 wards' });
  await go(page, 'button', 'Show');
  await go(page, 'link', 'Feel lonely at least some of the time');
  const shares = await page.locator('tbody tr td:nth-last-child(2)').allTextContents();
  const order = shares.slice(1).map(parseFloat);
  check(order.length === 25 && order.every((share, at) => at === 0 || share <= order[at - 1]), `${tag}: wards stand by how lonely they are (${order.slice(0, 3)})`);
  await see('wards by an indicator');
}

async function toLookAt({ page, tag, says, see }) {
  await go(page, 'link', 'Gaps and risks');
  await says('One organisation runs all of it', 'what stands on one leg is named');
  await says('Evidence C', 'with how far to trust it');
  await see('gaps and risks');
  const first = page.locator('main .ha-count').first();
  const number = Number(await first.getAttribute('data-count'));
  await first.focus();
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  const cards = await page.locator('.ha-card').count();
  check(cards === Math.min(number, 10), `${tag}: and its evidence is a press away (${number})`);
  await page.goBack();
}

async function taken({ page, tag }) {
  await go(page, 'link', 'What there is');
  const href = await page.getByRole('link', { name: 'workbook' }).getAttribute('href');
  const file = await page.context().request.get(new URL(href, base).href);
  const body = await file.body();
  check(file.ok() && body.subarray(0, 2).toString() === 'PK' && body.length > 10_000, `${tag}: the whole is a workbook (${body.length})`);
}
