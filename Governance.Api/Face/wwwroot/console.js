// The console of a meeting: by keyboard, live, and with a memory for what a lost connection left unsent. Every act is a form of the page without it.
(() => {
  'use strict';

  const root = document.querySelector('[data-console]');
  if (!root) return;
  const base = root.dataset.console;
  const over = root.hasAttribute('data-over');
  const words = JSON.parse(root.dataset.words);
  const word = (key, ...values) => (words[key] ?? key).replace(/\{(\d)\}/g, (_, at) => values[at] ?? '');
  const count = (key, n) => word(key + (document.documentElement.lang === 'fr' ? (n < 2 ? '.One' : '.Other') : (n === 1 ? '.One' : '.Other')), n);
  const id = name => document.getElementById('console-' + name);
  const [search, badge, list, said, active, counted] = ['search', 'badge', 'people', 'said', 'active', 'count'].map(id);
  const line = id('line').content.firstElementChild;
  const token = () => root.querySelector('[name=__RequestVerificationToken]').value;
  const say = (text, tone) => { said.textContent = text; said.dataset.tone = tone ?? ''; };
  document.documentElement.classList.add('console-scripted');

  // The clock of the host: what waits is sent with the time at which it happened, whatever the clock of this machine says.
  let ahead = Date.parse(root.dataset.now) - Date.now();
  root.addEventListener('meeting:beat', event => { ahead = Date.parse(event.detail) - Date.now(); });
  const now = () => new Date(Date.now() + ahead).toISOString();
  const clock = at => new Intl.DateTimeFormat(document.documentElement.lang, { hour: 'numeric', minute: '2-digit', timeZone: root.dataset.zone }).format(new Date(at)).replace(':', document.documentElement.lang === 'fr' ? ' h ' : ':');

  // Who is expected, and where they are.
  let people = [];
  const byId = new Map();
  const places = new Map();
  const nameOf = person => byId.get(person)?.name ?? '–';
  const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

  const whereOf = person => {
    const place = places.get(person);
    if (!place) return '';
    const at = { InRoom: () => word('Where.InRoom', place.since), Remote: () => word('Where.Remote', place.since), Left: () => word('Where.Left', place.since),
      Represented: () => word('Where.Represented', nameOf(place.holder)) }[place.at]?.() ?? (place.gave ? word('Where.Gave', nameOf(place.gave)) : '');
    return [at, place.holds > 0 ? count('Holds', place.holds) : ''].filter(Boolean).join(' · ');
  };

  // What is in the list: at most so many, the chosen one marked.
  const most = 40;
  let found = [], chosen = 0, giver = null;
  const find = () => {
    const asked = plain(search.value).split(/[\s'’-]+/).filter(Boolean);
    const code = search.value.trim().toLowerCase();
    found = people.filter(p => code && (p.code === code || p.id === code) || asked.every(a => p.words.some(w => w.startsWith(a))));
    chosen = Math.min(chosen, Math.max(0, Math.min(found.length, most) - 1));
    draw();
  };

  const draw = () => {
    list.replaceChildren(...found.slice(0, most).map((person, at) => {
      const row = line.cloneNode(true);
      row.dataset.person = person.id;
      row.dataset.at = places.get(person.id)?.at ?? 'Absent';
      row.dataset.gave = places.get(person.id)?.gave ? 'yes' : 'no';
      row.dataset.votes = person.mandates.length > 0 ? 'yes' : 'no';
      row.classList.toggle('chosen', at === chosen);
      row.querySelector('.person-name').textContent = person.name;
      row.querySelector('.person-of').textContent = person.of || (person.mandates.length > 0 ? '' : words.NoVote);
      row.querySelector('.person-where').textContent = whereOf(person.id);
      for (const [act, key] of [['in', 'In.Of'], ['remote', 'Remote.Of'], ['out', 'Out.Of'], ['give', 'Give.Of'], ['hold', 'Hold.Of'], ['revoke', 'Revoke.Of']])
        row.querySelector(`[data-do=${act}]`)?.setAttribute('aria-label', word(key, person.name));
      return row;
    }));
    counted.textContent = found.length === 0 ? words['People.None'] : found.length > most ? word('People.Some', most, found.length) : count('People', found.length);
    active.textContent = found[chosen] && document.activeElement === search ? [found[chosen].name, whereOf(found[chosen].id)].filter(Boolean).join(', ') : '';
    list.classList.toggle('gives', giver !== null);
  };

  const redraw = person => {
    const row = list.querySelector(`[data-person="${person}"]`);
    if (!row) return;
    row.dataset.at = places.get(person)?.at ?? 'Absent';
    row.dataset.gave = places.get(person)?.gave ? 'yes' : 'no';
    row.querySelector('.person-where').textContent = whereOf(person);
  };

  const load = async () => {
    const answer = await fetch(base + '/people', { headers: { Accept: 'application/json' } }).catch(() => null);
    if (!answer?.ok) { setTimeout(load, 3000); return; }
    people = await answer.json();
    byId.clear();
    for (const person of people) {
      byId.set(person.id, person);
      person.words = plain(person.name + ' ' + person.of).split(/[\s·'’-]+/).filter(Boolean);
    }
    find();
    last();
  };

  // What was entered last, by anybody.
  let entries = [];
  const last = () => {
    const rows = entries.map(entry => {
      const row = document.createElement('li');
      row.className = 'entry';
      const sentence = word('Entry.' + entry.kind, nameOf(entry.person), entry.holder ? nameOf(entry.holder) : words['Proxy.Blank']);
      row.append(Object.assign(document.createElement('span'), { textContent: `${entry.at} · ${sentence}` }), ' ');
      const undo = Object.assign(document.createElement('button'), { type: 'button', className: 'plain', textContent: words.Undo });
      undo.setAttribute('aria-label', word('Undo.Of', sentence));
      undo.addEventListener('click', () => undoing(entry.id));
      row.append(undo);
      return row;
    });
    id('last').replaceChildren(...rows);
    const none = id('none');
    if (none) none.hidden = rows.length > 0;
  };

  root.addEventListener('meeting:room', event => {
    const { whole, people: changed, entries: latest } = event.detail;
    if (whole) places.clear();
    for (const [person, place] of Object.entries(changed)) {
      if (place) places.set(person, place); else places.delete(person);
      if (people.length > 0 && !byId.has(person)) load();
    }
    entries = latest;
    if (whole) draw(); else Object.keys(changed).forEach(redraw);
    if (byId.size > 0) last();
  });

  // What waits to be sent, in the order in which it happened, kept where a reload finds it again. It is the account's: nobody else who works at this
  // machine sees it or sends it.
  const shelf = `console:${root.dataset.account}:${base}`;
  const kept = () => { try { return JSON.parse(localStorage.getItem(shelf)) ?? {}; } catch { return {}; } };
  const keep = change => { const all = { queue: [], refused: [], ...kept() }; change(all); localStorage.setItem(shelf, JSON.stringify(all)); waiting(); };

  // What a release of before kept under the console's name alone is taken over by whoever works here now: left there, nobody would see it or send it.
  const former = 'console:' + base;
  try {
    const { queue = [], refused = [] } = JSON.parse(localStorage.getItem(former)) ?? {};
    const own = { queue: [], refused: [], ...kept() };
    if (queue.length + refused.length > 0) localStorage.setItem(shelf, JSON.stringify({ queue: [...queue, ...own.queue], refused: [...refused, ...own.refused] }));
    localStorage.removeItem(former);
  } catch { /* Nothing that can be read was kept. */ }

  const waiting = () => {
    const { queue = [], refused = [] } = kept();
    const rows = (entriesOf, key, tone, extra) => entriesOf.map(entry => {
      const row = document.createElement('li');
      row.className = 'entry ' + tone;
      row.dataset.key = entry.key;
      row.append(Object.assign(document.createElement('span'), { textContent: `${clock(entry.at)} · ${word(key(entry), entry.name, what(entry), entry.why)}` }), ' ');
      if (entry.undone) return row;
      const drop = Object.assign(document.createElement('button'), { type: 'button', className: 'plain', textContent: extra });
      drop.setAttribute('aria-label', `${extra} : ${entry.name}`);
      drop.addEventListener('click', () => {
        keep(all => {
          all.refused = all.refused.filter(e => e.key !== entry.key);
          // What was tried may be recorded, though no answer came: it is sent once more under its key, and then taken back.
          all.queue = all.queue.flatMap(e => e.key !== entry.key ? [e] : e.tried ? [{ ...e, undone: true }] : []);
        });
        flush();
      });
      row.append(drop);
      return row;
    });
    id('waiting').replaceChildren(...rows(queue, entry => entry.undone ? 'Waiting.Undone' : entry.key === sending ? 'Waiting.Sends' : 'Waiting', 'waits', words.Undo));
    id('waiting').hidden = queue.length === 0;
    id('refused').replaceChildren(...rows(refused, () => 'Refused', 'was-refused', words['Refused.Drop']));
    id('refused').hidden = refused.length === 0;
  };

  const isAttendance = entry => entry.act === 'arrivals' || entry.act === 'departures';
  const what = entry => isAttendance(entry) ? words[entry.act === 'departures' ? 'Entry.Left' : entry.remote ? 'Entry.ArrivedRemote' : 'Entry.Arrived'].replace('{0}', '').trim() : entry.what;

  const post = async (act, fields, key) => {
    const body = new URLSearchParams({ __RequestVerificationToken: token(), [root.dataset.key]: key ?? crypto.randomUUID(), ...fields });
    const answer = await fetch(`${base}/${act}`, { method: 'POST', headers: { Accept: 'application/json' }, body, redirect: 'manual', signal: AbortSignal.timeout(8000) });
    const isJson = /json/.test(answer.headers.get('Content-Type') ?? '');
    return { ok: answer.ok, status: answer.status, problem: isJson && !answer.ok ? await answer.json() : null, done: isJson && answer.ok ? await answer.json() : null, foreign: !answer.ok && (!isJson || answer.status === 401) };
  };
  const why = problem => problem.detail + (problem.article && /\d/.test(problem.article) ? ` (${/^art/i.test(problem.article) ? problem.article : word('Article', problem.article)})` : '');

  let sending = null, later, pause = 1000, stale = false;
  const flush = async () => {
    if (sending) return;
    clearTimeout(later);
    while (true) {
      const entry = (kept().queue ?? [])[0];
      if (!entry) {
        if (stale && !isTyping() && !busy) { stale = false; fresh(); }
        return;
      }
      sending = entry.key;
      if (!entry.tried) keep(all => { all.queue = all.queue.map(e => e.key === entry.key ? { ...e, tried: true } : e); });
      waiting();
      let answer = null, undone = false;
      try {
        const fields = isAttendance(entry) ? { person: entry.person, ...(entry.remote ? { remote: 'true' } : {}) } : entry.fields;
        answer = await post(entry.act, { ...fields, effective: entry.fields?.effective || entry.at }, entry.key);
        undone = (kept().queue ?? []).some(e => e.key === entry.key && e.undone);
        if (undone && answer.ok && answer.done?.events?.length)
          answer = await post('undoing', { event: answer.done.events[0], reason: reasonOfUndoing() }, entry.key + '.undone');
        else if (undone && answer.problem && answer.status < 500 && answer.status !== 429)
          answer = { ok: true, status: 200 };
      } catch {
        // Nobody answered: it is sent again, with the same key.
        answer = null;
      }
      sending = null;
      if (!answer || answer.status >= 500 || answer.status === 429) {
        waiting();
        document.querySelector('.lost').hidden = false;
        later = setTimeout(flush, pause = Math.min(pause * 2, 10000));
        return;
      }
      if (answer.foreign) { waiting(); say(words.SignIn, 'refused'); return; }
      pause = 1000;
      document.querySelector('.lost').hidden = true;
      keep(all => {
        all.queue = all.queue.filter(e => e.key !== entry.key);
        if (!answer.ok && !settled(entry, answer.problem)) all.refused.push({ ...entry, why: why(answer.problem) });
      });
      if (answer.ok && undone) {
        say(words['Said.Undone'], 'done');
      } else if (answer.ok && !isAttendance(entry)) {
        say(word('Said.Sent', entry.name), 'done');
        stale = true;
      } else if (answer.ok) {
        const place = places.get(entry.person);
        places.set(entry.person, { holds: 0, ...place, holder: null, at: entry.act === 'departures' ? 'Left' : entry.remote ? 'Remote' : 'InRoom', since: clock(entry.at) });
        redraw(entry.person);
        say(word(entry.act === 'departures' ? 'Said.Out' : entry.remote ? 'Said.Remote' : 'Said.In', entry.name), 'done');
      }
    }
  };

  // That somebody else has entered the same is nothing to be settled: it is told.
  const settled = (entry, problem) => {
    if (problem.code === 'attendance.already-there') { say(word('Already.In', entry.name, places.get(entry.person)?.since ?? '…'), 'late'); return true; }
    if (problem.code === 'attendance.not-there') { say(word('Already.Out', entry.name), 'late'); return true; }
    say(why(problem), 'refused');
    return false;
  };

  const enter = (person, act, remote = false) => {
    const at = places.get(person.id)?.at;
    if (act === 'arrivals' && at === (remote ? 'Remote' : 'InRoom')) return say(word(remote ? 'Already.Remote' : 'Already.In', person.name, places.get(person.id).since), 'late');
    if (act === 'departures' && at !== 'InRoom' && at !== 'Remote' && !(kept().queue ?? []).some(e => e.person === person.id)) return say(word('Already.Out', person.name), 'late');
    keep(all => all.queue.push({ key: crypto.randomUUID(), act, person: person.id, name: person.name, remote, at: now() }));
    flush();
  };

  const asked = async (act, fields, done, key) => {
    const answer = await post(act, fields, key).catch(() => null);
    if (!answer) { document.querySelector('.lost').hidden = false; say(words['Waits.Not'], 'refused'); return; }
    say(answer.ok ? done : answer.foreign ? words.SignIn : why(answer.problem), answer.ok ? 'done' : 'refused');
  };
  const reasonOfUndoing = () => root.querySelector('#console-undoing [name=reason]').value;
  // Pressed again because no answer came, it is the same undoing.
  const undoing = event => asked('undoing', { event, reason: reasonOfUndoing() }, words['Said.Undone'], 'undoing-' + event);

  const give = person => {
    giver = person;
    const shown = id('giver');
    shown.hidden = person === null;
    shown.firstElementChild.textContent = person ? word('Proxy.Of', person.name) : '';
    search.value = '';
    chosen = 0;
    find();
    search.focus();
  };
  const hold = async person => {
    const from = giver;
    give(null);
    for (const mandate of from.mandates) await asked('proxies', { giver: mandate, holder: person.id }, word('Said.Proxy', from.name, person.name));
  };

  const act = (what, person) => {
    if (over) return say(words.Over, 'refused');
    if (giver && what !== 'give') return hold(person);
    if (what === 'in') enter(person, 'arrivals');
    else if (what === 'remote') enter(person, 'arrivals', true);
    else if (what === 'out') enter(person, 'departures');
    else if (what === 'give') { if (person.mandates.length > 0) give(person); else say(`${person.name} : ${words.NoVote}`, 'late'); }
    else if (what === 'revoke') for (const mandate of person.mandates) asked(`proxies/${mandate}/revocation`, {}, word('Entry.ProxyRevoked', person.name));
  };

  list.addEventListener('click', event => {
    const pressed = event.target.closest('[data-do]');
    const person = byId.get(event.target.closest('[data-person]')?.dataset.person);
    if (!pressed || !person) return;
    event.preventDefault();
    act(pressed.dataset.do, person);
  });
  root.querySelector('[data-cancel-giver]').addEventListener('click', event => { event.preventDefault(); give(null); });
  search.addEventListener('input', () => { chosen = 0; find(); });
  search.form.addEventListener('submit', event => event.preventDefault());
  badge.form.addEventListener('submit', event => {
    event.preventDefault();
    const code = badge.value.trim().toLowerCase();
    const holders = people.filter(p => p.code === code || p.id === code);
    if (holders.length === 1) enter(holders[0], 'arrivals'); else say(words['Badge.Unknown'], 'refused');
    badge.select();
  });

  // No code has one either: whoever goes on by name is in the search at once.
  badge.addEventListener('keydown', event => {
    if (event.key !== '/') return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  search.addEventListener('keydown', event => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      chosen = Math.max(0, Math.min(chosen + (event.key === 'ArrowDown' ? 1 : -1), Math.min(found.length, most) - 1));
      draw();
      list.querySelector('.chosen')?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      // Mistyped, it is typed anew, and not on at its end.
      if (!found[chosen]) { search.select(); return; }
      act(event.shiftKey ? 'out' : event.ctrlKey ? 'remote' : event.altKey ? 'give' : 'in', found[chosen]);
      search.select();
    } else if (event.key === '/') {
      // No name has one: whoever is in the search already begins anew.
      event.preventDefault();
      search.select();
    } else if (event.key === 'Escape') {
      // Nothing is left to clear: the keys of the page are in reach again.
      if (!giver && search.value === '') { search.blur(); return; }
      if (giver) give(null);
      search.value = '';
      find();
    }
  });
  search.addEventListener('focus', draw);

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input, textarea, select')) return;
    const keys = {
      '/': () => { search.focus(); search.select(); },
      b: () => badge.focus(),
      v: () => {
        const vote = ['/vote', '/hands', '/result'].map(end => root.querySelector(`#conduct [data-act$="${end}"]`)).find(Boolean);
        if (vote) { vote.open = true; vote.querySelector('button[type=submit]').focus(); }
      },
      '?': () => { const help = root.querySelector('.keys'); help.open = !help.open; help.querySelector('summary').focus(); },
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keys[event.key]();
  }, true);

  // The agenda and the votes are forms of the page: a new page brings them, and what is being typed stays.
  const parts = ['conduct', 'acts'], texts = 'input:not([type=hidden], [type=checkbox]), textarea, select';
  const take = html => {
    const page = new DOMParser().parseFromString(html, 'text/html');
    // Over, or going on again, it has another room.
    if (!page.getElementById('conduct') || page.querySelector('[data-console]').hasAttribute('data-over') !== over) { location.reload(); return; }
    const typed = new Map();
    for (const form of root.querySelectorAll('.act[open]')) {
      typed.set(form.dataset.act, { texts: [...form.querySelectorAll(texts)].map(f => [f.name, f.value, f.defaultValue]), ticked: [...form.querySelectorAll('[type=checkbox]:checked')].map(f => [f.name, f.value]) });
    }
    for (const part of parts) document.getElementById(part).replaceWith(page.getElementById(part));
    document.getElementById('gauges').innerHTML = page.getElementById('gauges').innerHTML;
    document.querySelector('.page-header').replaceWith(page.querySelector('.page-header'));
    return typed;
  };
  const fresh = async () => {
    const answer = await fetch(base).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const html = await answer.text();
    if (isTyping()) { stale = true; return; }
    for (const [act, { texts: fields, ticked }] of take(html) ?? []) {
      const form = [...root.querySelectorAll('.act')].find(f => f.dataset.act === act);
      if (!form) continue;
      form.open = true;
      fields.forEach(([name, value, before], at) => {
        const field = form.querySelectorAll(texts)[at];
        if (field?.name === name && value !== before) field.value = value;
      });
      for (const box of form.querySelectorAll('[type=checkbox]')) box.checked = ticked.some(([name, value]) => box.name === name && box.value === value);
    }
  };
  const isTyping = () => document.activeElement?.closest('#conduct, #acts') && document.activeElement.matches('input, textarea, select');
  let busy = false, first = true;
  root.addEventListener('meeting:conduct', () => {
    // The first one tells what the page just showed.
    if (first) { first = false; return; }
    if (busy || isTyping()) stale = true; else fresh();
  });
  root.addEventListener('focusout', () => setTimeout(() => { if (stale && !isTyping() && !busy) { stale = false; fresh(); } }));

  // What was said, and to which item the meeting turned, waits for its turn with its minute; a vote, an opening or a closing is of the moment at which
  // the host hears of it, and waits for nobody.
  const waits = /^(notes|incidents|agenda\/[^/]+\/(taking|place|interests))$/;
  const queueing = (form, act, submitter, at) => {
    const fields = Object.fromEntries([...new FormData(form, submitter)].filter(([name]) => name !== root.dataset.key && !name.startsWith('__')));
    const turned = (kept().queue ?? []).findLast(e => e.act.endsWith('/taking'));
    if (turned && (act === 'notes' || act === 'incidents')) fields.item = turned.item;
    const item = act.startsWith('agenda/') ? act.split('/')[1] : fields.item;
    keep(all => all.queue.push({
      key: form.querySelector(`[name="${root.dataset.key}"]`).value, act, fields, item, at,
      name: submitter?.getAttribute('aria-label') ?? form.closest('.act')?.querySelector('summary').textContent.trim() ?? '',
      what: fields.text ?? titleOf(item),
    }));
    form.reset();
    form.querySelector(`[name="${root.dataset.key}"]`).value = crypto.randomUUID();
    const folded = form.closest('details.act');
    if (folded) folded.open = false;
    flush();
  };
  const titleOf = item => root.querySelector(`[data-item="${item}"] .agenda-title`)?.textContent ?? '';

  root.addEventListener('submit', async event => {
    const form = event.target;
    if (!form.closest('#conduct, #acts')) return;
    event.preventDefault();
    if (busy) return;
    const act = form.closest('[data-act]')?.dataset.act ?? new URL(form.action).pathname.slice(base.length + 1);
    // The minute is that of the press, and the same however often it is sent.
    const at = now();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    if (waits.test(act) && !body.get('effective')) body.set('effective', at);
    // Behind what waits already it takes its turn.
    if (waits.test(act) && (kept().queue ?? []).length > 0) { queueing(form, act, event.submitter, at); return; }
    busy = true;
    try {
      // A button without an address of its own tells the page's: the form's is meant.
      const answer = await fetch(event.submitter?.hasAttribute('formaction') ? event.submitter.formAction : form.action, {
        method: 'POST', headers: { Accept: 'text/html' }, body, signal: AbortSignal.timeout(15000),
      });
      const html = await answer.text();
      take(html);
      stale = false;
      const refused = root.querySelector('#conduct .error-summary, #acts .error-summary');
      if (refused) refused.focus(); else if (act?.endsWith('/vote')) root.querySelector('#conduct [data-act$="/hands"] input:not([type=hidden])')?.focus();
    } catch {
      document.querySelector('.lost').hidden = false;
      // No answer is no refusal: sent again, it has the key that it had.
      if (waits.test(act)) { queueing(form, act, event.submitter, at); return; }
      say(words['Waits.Not'], 'refused');
      // Beside what was pressed, wherever the page is scrolled to.
      const beside = form.querySelector('.act-lost') ?? form.appendChild(Object.assign(document.createElement('p'), { className: 'field-error act-lost' }));
      beside.textContent = words['Waits.Not'];
    } finally {
      busy = false;
    }
  });

  // Who is offered in a form is who is there when it is opened.
  let moved = false;
  root.addEventListener('meeting:room', () => { moved = true; });
  root.addEventListener('toggle', event => {
    const act = event.target;
    if (!act.matches?.('.act') || !act.open || !moved || busy || isTyping()) return;
    moved = false;
    const held = act.contains(document.activeElement);
    fresh().then(() => { if (held && !isTyping()) root.querySelector(`.act[data-act="${act.dataset.act}"] summary`)?.focus(); });
  }, true);

  // Whoever signs out is asked for what is not sent yet: see site.js.
  document.addEventListener('governance:leaving', event => event.detail.push(flush()));

  root.addEventListener('meeting:back', () => { pause = 1000; flush(); });
  window.addEventListener('online', flush);
  window.addEventListener('storage', event => { if (event.key === shelf) waiting(); });
  waiting();
  load();
  flush();
  // On a telephone the keyboard would cover the room.
  if (matchMedia('(min-width: 48rem)').matches) search.focus();
})();
