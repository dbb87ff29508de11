// The desk of words, in a real browser and by keyboard: a steward opens words that people asked for
// and hardly found, sees what they would find were they a need, gives them that meaning, finds it
// understood by a search, and takes it back.
// usage: node words.mjs BASE     exit 1 on any failure
import { base, check, end, everyWay, press, sees, signIn } from './browser.mjs';

await everyWay(async ({ page, tag, look }) => {
  const says = sees(page, tag);
  await signIn(page, 'Amara, steward of everything', '/steward/words');
  await says('Asked for, and hardly found', 'the desk says what lies on it');
  await look('desk of words');
  await press(page, 'link', 'tinkering');
  await page.getByRole('button', { name: 'Show what it would change' }).waitFor();
  await look('what words may mean');
  await page.getByLabel('The need that it stands for').selectOption({ label: 'Repairs and adaptations' });
  await page.getByLabel('It is one kind of it').focus();
  await page.keyboard.press('Space');
  await press(page, 'button', 'Show what it would change');
  await says('Whoever searches for “tinkering”', 'the effect is shown before anything is saved');
  await look('what it would change');
  await press(page, 'button', 'Add it');
  await says('Searches understand “tinkering” from now on', 'the words are added');
  await look('words added');
  await page.goto(`${base}/search?q=tinkering`);
  check((await page.locator('.ha-card').count()) > 0, `${tag}: the words find something now`);
  await page.goBack();
  await press(page, 'button', 'Take it out again');
  await says('is a plain word again', 'what was added is taken out');
  await look('words taken out');
});

await end();
