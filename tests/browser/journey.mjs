// A link worker's way through the pages, in a real browser: home, results, listing, map, print.
// usage: node journey.mjs BASE     exit 1 on any failure
import { base, check, end, everyWay } from './browser.mjs';

await everyWay(async ({ page, tag, look }) => {
  await page.goto(base);
  await look('home', false);
  await page.locator('input[name=q]').first().fill('lonely, likes gardening');
  await page.locator('input[name=near]').first().fill('WN1 1YF');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search\?/);
  await look('results', false);
  const cards = page.locator('.ha-card');
  check(await cards.count() >= 3, `${tag}: the search finds at least three services`);
  check((await page.content()).includes('demonstration'), `${tag}: the page says that these are demonstration listings`);
  check(await page.locator('.ha-card .ha-why').count() > 0, `${tag}: each card says why it is there`);

  await cards.first().locator('h3 a').click();
  await page.waitForURL(/\/services\//);
  await look('listing', false);
  const listing = await page.content();
  check(/Not suitable for|Not for/.test(listing), `${tag}: the listing says who it is not for`);
  check(/onfirmed/.test(listing), `${tag}: the listing says when it was confirmed`);

  await page.goBack();
  await page.locator('a[href*="/search/map"]').first().click();
  await page.waitForURL(/\/search\/map/);
  await look('map', false);
  check(await page.locator('#map').count() === 1, `${tag}: there is a map beside the list`);

  await page.goBack();
  await page.locator('a[href*="/search/print"]').first().click();
  await page.waitForURL(/\/search\/print/);
  await look('print', false);
  check((await page.content()).includes('Ring before you travel'), `${tag}: the print says to ring before travelling`);
});
end();
