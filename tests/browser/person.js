// Somebody who fills in the form with the keyboard alone: Tab, arrows, Space, Enter and typing, as a case says.
import assert from "node:assert/strict";
import { accessible } from "./browser.js";

/** What has the focus. */
const focus = (page) =>
  page.evaluate(() => {
    const { id, tagName, type, value, textContent } = document.activeElement;
    return { id, tag: tagName, type, value, text: textContent.trim() };
  });

/** Presses Tab until what has the focus is what is wanted. */
export async function tabTo(page, wanted, what) {
  for (let press = 0; press < 80; press += 1) {
    if (wanted(await focus(page))) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not lead to ${what}`);
}

/** The controls of the page's form by the question that they belong to. */
async function questions(page) {
  const controls = await page.$$eval("rules-form form :is(input, textarea)", (all) =>
    all.map(({ id, name, type }) => ({ id, name, type })),
  );
  const found = new Map();
  for (const control of controls) {
    const [question, part = ""] = control.name.split(".");
    const one = found.get(question) ?? { question, parts: {} };
    one.parts[part] ??= control;
    found.set(question, one);
  }
  return [...found.values()];
}

/**
 * The value in the case for a question: `contract-value` is `contract.value`, `votes-0-motion` is `votes[0].motion`.
 */
const valueFor = (facts, question) => question.split("-").reduce((value, part) => value?.[part], facts);

async function choose(page, { id }, value) {
  await tabTo(
    page,
    (now) => now.id.replace(/-\d+$/, "") === id.replace(/-\d+$/, "") && now.type === "radio",
    `the radio buttons ${id}`,
  );
  for (let press = 0; press < 40; press += 1) {
    if ((await focus(page)).value === value) return page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
  }
  return assert.fail(`there is no ${value} at ${id}`);
}

async function tick(page, id, value) {
  await tabTo(
    page,
    (now) => now.type === "checkbox" && now.value === value && now.id.startsWith(id),
    `the box ${value} at ${id}`,
  );
  await page.keyboard.press("Space");
}

export async function type(page, id, text) {
  await tabTo(page, (now) => now.id === id, id);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
}

/** Follows the button or link with a text. */
export async function press(page, text) {
  await tabTo(page, (now) => ["BUTTON", "A"].includes(now.tag) && now.text === text, `“${text}”`);
  await page.keyboard.press("Enter");
}

async function answerOne(page, { question, parts }, value, entries) {
  const first = parts[""] ?? parts.day;
  if (parts[""]?.type === "radio") {
    const list = await page.$(`input[name="${question}"][value='"add"']`);
    if (list)
      return choose(
        page,
        first,
        Array.isArray(value) && value.length > entries ? '"add"' : Array.isArray(value) ? '"none"' : "not_known",
      );
    return choose(page, first, value === undefined ? "not_known" : JSON.stringify(value));
  }
  if (value === undefined) return parts.other && tick(page, parts.other.id, "not_known");
  if (value === null) return tick(page, parts.other.id, "null");
  if (parts[""]?.type === "checkbox") {
    for (const one of value.length ? value.map((each) => JSON.stringify(each)) : ["none"])
      await tick(page, first.id, one);
    return undefined;
  }
  if (parts.day) {
    const [year, month, day] = value.split("-").map(Number);
    await type(page, parts.day.id, `${day}`);
    await type(page, parts.month.id, `${month}`);
    return type(page, parts.year.id, `${year}`.padStart(4, "0"));
  }
  return type(page, first.id, /^\d\d:\d\d:00$/.test(value) ? value.slice(0, 5) : `${value}`);
}

/**
 * A case's facts as the form asks for them: a judgement's value stands where the fact stands, its other parts beside
 * it.
 */
function asked({ facts, as_of: asOf, not_applicable: away = [] }) {
  const all = { ...facts, asOf, reference: undefined };
  return {
    away: new Set(away.map((pointer) => pointer.slice(1).replaceAll("/", "-"))),
    value(question) {
      const member = /-(by|on|reason)$/.exec(question)?.[1];
      const whole = valueFor(all, member ? question.slice(0, -member.length - 1) : question);
      if (member && whole?.reason !== undefined) return whole[member];
      return whole?.reason !== undefined && whole.value !== undefined ? whole.value : valueFor(all, question);
    },
  };
}

/** Answers the page as it stands, and waits for the next. */
export async function answerPage(page, given) {
  const case_ = asked(given);
  const entries = await page.$$eval("rules-form form .govuk-summary-list__row", (rows) => rows.length);
  for (const one of await questions(page)) {
    const judged = one.question.replace(/-(by|on|reason)$/, "");
    if (judged !== one.question && case_.value(judged) === undefined) continue;
    if (one.question === "reference" && !given.reference) continue;
    if (case_.away.has(one.question)) {
      if (one.parts[""].type === "radio") await choose(page, one.parts[""], "not_applicable");
      else await tick(page, one.parts.other.id, "not_applicable");
    } else
      await answerOne(page, one, one.question === "reference" ? given.reference : case_.value(one.question), entries);
  }
  const before = await page.evaluateHandle(() => document.querySelector("rules-form").firstElementChild);
  await tabTo(page, (now) => now.tag === "BUTTON" && now.type === "submit", "the button that sends the page");
  await page.keyboard.press("Enter");
  await page.waitForFunction((old) => !old.isConnected, before);
}

/**
 * Goes from the first page to the result; every page on the way is held against WCAG. Gives the names of the questions
 * asked.
 */
export async function journey(page, given, { check = true } = {}) {
  const way = [];
  for (let step = 0; step < 120; step += 1) {
    const heading = await page.textContent("h1");
    if (check) await accessible(page, `“${heading}”`);
    if (!(await page.$("rules-form form"))) return way;
    way.push(...(await questions(page)).map(({ question }) => question));
    await answerPage(page, given);
    assert.equal(
      await page.$(".govuk-error-summary"),
      null,
      `an answer was refused: ${await page.textContent("rules-form")}`,
    );
    assert.equal((await focus(page)).tag, "H1", "the heading has the focus after a change of page");
  }
  return assert.fail("the form does not come to an end");
}

/** Presses a button that saves a file; gives the file's text and name. */
export async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, button)]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString("utf8") };
}
