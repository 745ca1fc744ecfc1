// The page: a bundle chosen or dropped, the checks one by one, a verdict, a report.

const SHAPES = {
  waiting: '<circle cx="8" cy="8" r="5.5" stroke-dasharray="2 2.3"/>',
  passed: '<path d="M2.5 8.5l3.7 3.8L13.5 4"/>',
  failed: '<path d="M3.5 3.5l9 9M12.5 3.5l-9 9"/>',
  none: '<path d="M3.5 8h9"/>',
  unjudged: '<path d="M5 5.6a3 3 0 1 1 4.3 2.7c-.9.4-1.3 1-1.3 2M8 12.9v.3"/>',
};

const languages = { fr: FRENCH, en: ENGLISH };
let language = (navigator.languages ?? [navigator.language]).map(each => each.slice(0, 2)).find(each => each in languages) ?? "en";
let shown = { state: "empty", checks: CHECKS.map(id => new Check(id)) };
let own = null;
let witnesses = [];
let run = 0;

const byId = id => document.getElementById(id);
const words = () => languages[language];
const inLanguage = number => new Intl.NumberFormat(language).format(number);

/** A sentence with its places filled in; one of two where it counts. */
function say(sentence, details = {}) {
  const counted = details.count ?? details.size ?? details.transcribed;
  const template = typeof sentence === "string" ? sentence : new Intl.PluralRules(language).select(counted ?? 0) === "one" ? sentence.one : sentence.other;
  return template.replace(/\{(\w+)\}/g, (_, name) => typeof details[name] === "number" ? inLanguage(details[name]) : String(details[name] ?? ""));
}

function reasonOf(check) {
  if (check.reason === null)
    return null;
  const { key, details: told } = check.reason;
  const details = told.cosignatures === undefined ? told : { ...told, cosignatures: told.cosignatures.map(each => say(words().reasons.cosignature, each)).join(" ; ") };
  const reason = say(words().reasons[key], details);
  if (details.held > 0 && key === "tree")
    return `${reason} ${say(words().reasons["held-back"], details)}`;
  return details.transcribed > 0 && check.state !== "failed" ? `${reason} ${say(words().reasons.transcribed, { transcribed: details.transcribed })}` : reason;
}

function placeOf(check) {
  if (check.state !== "failed")
    return null;
  const { details } = check.reason;
  const place = details.line !== undefined ? say(words().place, details) : details.file === null ? words().ownFile : details.file !== undefined ? say(words().placeFile, details) : null;
  const further = check.failures > 1 ? say(words().further, { count: check.failures - 1 }) : null;
  return [place, further].filter(each => each !== null).join(" · ") || null;
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    made.setAttribute(key, value);
  made.append(...children.filter(child => child !== null));
  return made;
}

function shape(state) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.innerHTML = SHAPES[state];
  return svg;
}

function drawWords() {
  document.documentElement.lang = language;
  document.title = words().title;
  for (const each of document.querySelectorAll("[data-word]"))
    each.textContent = words()[each.dataset.word];
  for (const each of document.querySelectorAll("[data-label]"))
    each.setAttribute("aria-label", words()[each.dataset.label]);
  for (const each of document.querySelectorAll("[data-language]"))
    each.setAttribute("aria-pressed", String(each.dataset.language === language));
  byId("limits").textContent = say(words().limits, { events: MOST_EVENTS, bytes: MOST_FILE_BYTES / 1024 / 1024 });
  byId("choose").textContent = shown.state === "empty" ? words().choose : words().chooseAgain;
}

function drawChecks() {
  byId("checks").replaceChildren(...shown.checks.map(check => {
    const [reason, place] = [reasonOf(check), placeOf(check)];
    return element("li", { class: check.state, "data-check": check.id },
      element("span", { class: "number" }, `${check.number}.`),
      element("div", {},
        element("h3", {}, words().checkNames[check.id]),
        element("p", { class: "what" }, words().checkHints[check.id]),
        reason === null ? null : element("p", { class: "reason" }, reason),
        place === null ? null : element("p", { class: "where" }, place)),
      element("span", { class: "state" }, shape(check.state), words().states[check.state]));
  }));
}

/** How a report is shown: passed, failed, or neither where the bundle does not tell all that was asked. */
function outcomeOf({ verified, refused }) {
  return verified ? "passed" : refused ? "failed" : "unjudged";
}

function verdictOf(report) {
  const { checks } = report;
  const failed = checks.filter(check => check.state === outcomeOf(report));
  const names = () => new Intl.ListFormat(language).format(failed.map(check => `${check.number}. ${words().checkNames[check.id]}`));
  if (outcomeOf(report) === "unjudged")
    return { title: words().unjudged, text: say(words().unjudgedText, { count: failed.length, names: names() }), next: words().unjudgedNext };
  return report.verified
    ? { title: words().verified, text: say(words().verifiedText, { count: checks.filter(check => check.state === "passed").length }), next: words().verifiedNext }
    : {
      title: words().failed, next: words().failedNext,
      text: say(words().failedText, { count: failed.length, names: names() }),
    };
}

function drawVerdict() {
  const verdict = byId("verdict");
  verdict.hidden = shown.state === "empty";
  verdict.className = `verdict ${shown.state === "done" ? outcomeOf(shown.report) : shown.state === "broken" ? "failed" : ""}`;
  if (shown.state === "working") {
    verdict.replaceChildren(element("h2", {}, words().working));
  } else if (shown.state === "broken") {
    verdict.replaceChildren(element("h2", {}, words().broken), element("p", {}, say(words().brokenText, { message: shown.message })));
  } else if (shown.state === "done") {
    const { title, text: first, next } = verdictOf(shown.report);
    verdict.replaceChildren(
      element("h2", {}, shape(outcomeOf(shown.report)), title), element("p", { class: "first" }, first), element("p", {}, next));
  }
}

function dateOf(written) {
  const at = Date.parse(written ?? "");
  return Number.isNaN(at) ? written : `${new Date(at).toLocaleString(language === "en" ? "en-GB" : language, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" })} UTC`;
}

function factsOf({ facts }) {
  const unknown = value => value === null || value === undefined || value === "" ? words().none : value;
  return [
    ["name", unknown(facts.name)], ["size", facts.size === undefined ? words().none : say(words().events, { count: facts.size })], ["root", unknown(facts.root)],
    ["origin", unknown(facts.origin)], ["key", unknown(facts.vkey)], ["made", unknown(dateOf(facts.made))], ["file", shown.file],
  ];
}

function drawFacts() {
  const known = shown.state === "done" && shown.report.facts.size !== undefined;
  byId("facts").hidden = !known;
  byId("export").hidden = shown.state !== "done";
  if (known) {
    byId("facts").querySelector("dl").replaceChildren(...factsOf(shown.report).flatMap(([name, value]) => [
      element("dt", {}, words()[name]),
      element("dd", { class: name === "size" ? "large" : "", "data-fact": name }, ["root", "origin", "key"].includes(name) ? element("code", {}, value) : value),
    ]));
  }
}

function draw() {
  drawWords();
  drawVerdict();
  drawFacts();
  drawChecks();
  byId("progress").hidden = shown.state !== "working";
}

/** The report as plain text. */
function reportText(date) {
  const { title, text: first, next } = verdictOf(shown.report);
  const facts = factsOf(shown.report).map(([name, value]) => `${words()[name]} : ${value}`);
  const checks = shown.report.checks.flatMap(check => [
    `${String(check.number).padStart(2)}. ${words().checkNames[check.id]} : ${words().states[check.state]}`,
    ...[reasonOf(check), placeOf(check)].filter(each => each !== null).map(each => `    ${each}`),
  ]);
  return [words().reportTitle, say(words().reportBy, { date }), "", title.toUpperCase(), first, next, "", ...facts, "", ...checks, ""].join("\n");
}

function download() {
  const url = URL.createObjectURL(new Blob([reportText(new Date().toLocaleString(language, { dateStyle: "long", timeStyle: "short" }))], { type: "text/plain;charset=utf-8" }));
  element("a", { href: url, download: `${shown.file.replace(/\.zip$/i, "")}-${language === "fr" ? "verification" : "check"}.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function showProgress(done, of) {
  const percent = of === 0 ? 100 : Math.floor(done / of * 100);
  const bar = byId("progress");
  bar.querySelector("progress").value = percent;
  bar.querySelector("span").textContent = say(words().progress, { percent });
}

async function check(file) {
  const now = ++run;
  shown = { state: "working", file: file.name, bundle: file, checks: CHECKS.map(id => new Check(id)) };
  draw();
  showProgress(0, 1);
  try {
    const report = await verify(file, { own, witnesses }, (done, of) => now === run && showProgress(done, of));
    if (now !== run)
      return;
    await revealed(report, now);
    if (now === run)
      shown = { ...shown, state: "done", report, checks: report.checks };
  } catch (error) {
    if (now === run)
      shown = { ...shown, state: "broken", message: error.message };
  }
  if (now === run) {
    draw();
    byId("verdict").focus({ preventScroll: true });
    byId("verdict").scrollIntoView({ block: "nearest" });
  }
}

/** The checks turn one by one, where nobody asked for no motion. */
async function revealed(report, now) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches)
    return;
  for (const [i, each] of report.checks.entries()) {
    if (now !== run)
      return;
    shown.checks[i] = each;
    drawChecks();
    await new Promise(resolve => setTimeout(resolve, 80));
  }
}

function listen() {
  const [bundle, ownFile, drop] = [byId("bundle"), byId("own"), byId("drop")];
  bundle.addEventListener("change", () => {
    if (bundle.files.length > 0)
      check(bundle.files[0]);
    // The same file can be chosen again.
    bundle.value = "";
  });
  ownFile.addEventListener("change", async () => {
    own = ownFile.files.length > 0 ? text(new Uint8Array(await ownFile.files[0].slice(0, MOST_NOTE_BYTES).arrayBuffer())) ?? "" : null;
    byId("own-name").textContent = ownFile.files[0]?.name ?? "";
    byId("own-forget").hidden = own === null;
    if (shown.bundle !== undefined)
      check(shown.bundle);
  });
  byId("witnesses").addEventListener("change", () => {
    witnesses = byId("witnesses").value.split("\n").map(line => line.trim()).filter(line => line !== "");
    if (shown.bundle !== undefined)
      check(shown.bundle);
  });
  byId("own-forget").addEventListener("click", () => {
    ownFile.value = "";
    ownFile.dispatchEvent(new Event("change"));
    ownFile.focus();
  });
  byId("report").addEventListener("click", download);
  for (const each of document.querySelectorAll("[data-language]")) {
    each.addEventListener("click", () => {
      language = each.dataset.language;
      draw();
    });
  }
  for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    document.addEventListener(name, event => {
      event.preventDefault();
      drop.classList.toggle("over", over);
      if (name === "drop" && event.dataTransfer.files.length > 0)
        check(event.dataTransfer.files[0]);
    });
  }
}

draw();
listen();

// For whoever wants to check from the console, and for the tests.
globalThis.verifier = Object.freeze({ words: languages, verify, judgeMotion, judgeContest, Fraction, firstDifference, consistencyFault, canonical });
