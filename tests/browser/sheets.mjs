// Many listings at once, in a real browser and by keyboard: a provider downloads a sheet, sends it
// back with a change and a mistake, sees both, saves the one and throws the rest away.
// usage: node sheets.mjs BASE     exit 1 on any failure
import { readFileSync } from 'node:fs';
import { base, check, end, everyWay, press, sees, signIn } from './browser.mjs';

/** The rows of a CSV file, of which a cell may have lines. */
const rows = text => {
  const found = [['']];
  let quoted = false;
  for (const c of text.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n')) {
    const row = found.at(-1);
    if (c === '"') quoted = !quoted;
    else if (c === ',' && !quoted) row.push('');
    else if (c === '\n' && !quoted) found.push(['']);
    else row[row.length - 1] += c;
  }
  return found.filter(row => row.length > 1);
};
const csv = table => table.map(row => row.map(cell => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');

await everyWay(async ({ page, tag, look, nth }) => {
  const says = sees(page, tag);
  await signIn(page, 'Jean, provider', '/manage');
  await press(page, 'link', 'Change many at once in a spreadsheet');
  await page.waitForURL(/\/manage\/sheets$/);
  await look('sheets');
  await press(page, 'button', 'See what would change');
  await says('Choose the file that you filled in', 'a file has to be chosen');
  await look('sheets without a file');

  const download = page.waitForEvent('download');
  await press(page, 'link', 'the same as CSV');
  const table = rows(readFileSync(await (await download).path(), 'utf8'));
  const column = heading => table[0].indexOf(heading);
  check(table.length > 2 && column('Notice') > 0, `${tag}: the sheet has the listings`);
  table[1][column('Notice')] = `Closed on the ${nth + 1}th`;
  table[1][column('Takes people now')] = 'Full';
  table[1][column('Ages')] = `${nth + 31} and over`;
  table[2][column('Phone')] = 'ask at the desk';
  await page.getByLabel('The file that you filled in').setInputFiles({
    name: 'ours.csv', mimeType: 'text/csv', buffer: Buffer.from(csv(table)),
  });
  await press(page, 'button', 'See what would change');
  await page.waitForURL(/\/manage\/sheets\/[0-9a-f-]+$/);
  await says('1 listing would change', 'what would change is counted');
  await says('1 row has to be put right first', 'and so is what is wrong');
  await says('Enter a phone number with its area code', 'with what to do about it');
  await says('A steward looks at this first', 'what waits says so');
  await look('what a sheet would change');
  await press(page, 'button', 'Save this row');
  await says('1 row is saved', 'what can be saved is saved');
  await look('part of a sheet saved');
  await press(page, 'button', 'Throw the sheet away');
  await says('Nothing of that sheet is saved', 'the rest is thrown away');
  await page.goto(`${base}/manage`);
  await says('Full', 'a door from a sheet counts at once');
});
end();
