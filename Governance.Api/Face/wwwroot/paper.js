// Ballot papers. Comforts only: every paper can be filled in, and is read, without this file.
(() => {
  'use strict';

  const words = (root, key, ...values) => values.reduce((text, value, i) => text.replaceAll(`{${i}}`, value), root.dataset[key]);
  const numberOf = input => /^\d+$/.test(input.value.trim()) ? Number(input.value) : 0;
  const made = (tag, className, text) => {
    const element = document.createElement(tag);
    element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const button = (className, text, label, press) => {
    const element = made('button', className, text);
    element.type = 'button';
    element.setAttribute('aria-label', label);
    element.addEventListener('click', press);
    return element;
  };

  // Whoever marks an option fills the paper in, and neither abstains nor votes blank.
  const fill = marks => {
    const say = marks.closest('.paper').querySelector('.paper-say input[value=marks]');
    if (say) say.checked = true;
  };

  const choices = marks => {
    const boxes = [...marks.querySelectorAll('input[type=checkbox]')];
    const most = Number(marks.dataset.most);
    const live = marks.querySelector('.paper-live');
    const say = () => {
      const chosen = boxes.filter(box => box.checked).length;
      live.textContent = words(marks, chosen > most ? 'over' : 'so', chosen, most);
      live.classList.toggle('over', chosen > most);
    };
    marks.addEventListener('change', say);
    say();
  };

  const points = marks => {
    const each = Number(marks.dataset.points);
    const inputs = [...marks.querySelectorAll('.mark-input input')];
    const live = marks.querySelector('.paper-live');
    const left = () => each - inputs.reduce((sum, input) => sum + numberOf(input), 0);
    const say = () => {
      const rest = left();
      live.textContent = words(marks, rest < 0 ? 'over' : rest === 0 ? 'done' : 'left', Math.abs(rest));
      live.classList.toggle('over', rest < 0);
    };
    for (const input of inputs) {
      const name = input.closest('.mark-row').querySelector('.mark-name').textContent;
      const step = by => () => {
        const next = numberOf(input) + by;
        if (next < 0 || (by > 0 && left() <= 0)) return;
        input.value = next === 0 ? '' : next;
        fill(marks);
        say();
      };
      input.before(button('quiet step-button', '−', words(marks, 'less', name), step(-1)));
      input.after(button('quiet step-button', '+', words(marks, 'more', name), step(1)));
    }
    marks.addEventListener('input', say);
    say();
  };

  // The ranks are typed without a script; here the same fields are filled in by moving options about.
  const ranking = marks => {
    const equals = marks.dataset.equal === 'true';
    const rows = marks.querySelector('.mark-rows');
    const board = made('div', 'rank-board');
    const empty = made('p', 'hint rank-empty', marks.dataset.first);
    const on = made('ol', 'bare rank-list');
    const offTitle = made('p', 'rank-title', marks.dataset.unranked);
    const offHint = made('p', 'hint', marks.dataset.unrankedHint);
    const off = made('ul', 'bare rank-list');
    const keys = made('p', 'unseen', marks.dataset.keys);
    const live = made('p', 'unseen');
    const id = rows.querySelector('input').id;
    keys.id = `${id}-keys`;
    live.setAttribute('aria-live', 'polite');
    on.setAttribute('aria-label', marks.dataset.ranked);
    off.setAttribute('aria-label', marks.dataset.unranked);
    board.append(made('p', 'rank-title', marks.dataset.ranked), empty, on, offTitle, offHint, off, keys, live);

    // Each: in order, whether equal to the one before.
    let ranked = [];
    const places = () => {
      let place = 0;
      return ranked.map(option => option.tied ? place : ++place);
    };

    const take = option => {
      const at = ranked.indexOf(option);
      if (at < 0) return;
      const next = ranked[at + 1];
      if (next && next.tied && !option.tied) next.tied = false;
      ranked.splice(at, 1);
      option.tied = false;
    };
    const put = (option, at) => {
      take(option);
      if (at !== null) {
        // Amid equals one is their equal.
        option.tied = at > 0 && at < ranked.length && ranked[at].tied;
        ranked.splice(at, 0, option);
      }
    };

    const show = (option, focused) => {
      const place = places();
      const last = ranked.length - 1;
      ranked.forEach((one, i) => {
        one.input.value = place[i];
        one.number.textContent = place[i];
        one.up.disabled = i === 0;
        one.handle.setAttribute('aria-label', words(marks, 'move', one.name) + ' ' + words(marks, 'at', one.name, place[i], place[last]));
        one.tie.hidden = !equals || i === 0;
        one.tie.setAttribute('aria-pressed', one.tied);
        one.item.className = one.tied ? 'rank-item tied' : 'rank-item';
        on.append(one.item);
      });
      for (const one of options.filter(one => !ranked.includes(one))) {
        one.input.value = '';
        one.number.textContent = '–';
        one.handle.setAttribute('aria-label', words(marks, 'move', one.name) + ' ' + words(marks, 'off', one.name));
        one.item.className = 'rank-item out';
        off.append(one.item);
      }
      for (const one of options) {
        const out = !ranked.includes(one);
        one.add.hidden = !out;
        for (const control of [one.up, one.down, one.remove]) control.hidden = out;
        if (out) one.tie.hidden = true;
      }
      empty.hidden = ranked.length > 0;
      for (const part of [offTitle, offHint, off]) part.hidden = ranked.length === options.length;
      if (!option) return;
      fill(marks);
      const at = ranked.indexOf(option);
      live.textContent = at < 0 ? words(marks, 'off', option.name) : words(marks, 'at', option.name, place[at], place[last]);
      if (focused) (focused.hidden || focused.disabled ? option.handle : focused).focus();
    };

    const move = (option, at, focused) => {
      put(option, at);
      show(option, focused);
    };
    const up = (option, focused) => {
      const at = ranked.indexOf(option);
      if (at < 0) move(option, ranked.length, focused);
      else if (at > 0) move(option, at - 1, focused);
    };
    const down = (option, focused) => {
      const at = ranked.indexOf(option);
      if (at >= 0) move(option, at < ranked.length - 1 ? at + 1 : null, focused);
    };
    const tie = (option, focused) => {
      if (!equals || ranked.indexOf(option) < 1) return;
      option.tied = !option.tied;
      show(option, focused);
    };

    const options = [...rows.querySelectorAll('.mark-row')].map(row => {
      const option = { input: row.querySelector('input'), name: row.querySelector('.mark-name').textContent, tied: false };
      option.item = made('li', 'rank-item');
      option.number = made('span', 'rank-number');
      option.handle = button('plain rank-handle', '⠿', option.name, () => {});
      option.handle.setAttribute('aria-describedby', keys.id);
      option.add = button('quiet rank-add', '+', words(marks, 'add', option.name), () => move(option, ranked.length, option.handle));
      option.up = button('quiet rank-button', '↑', words(marks, 'up', option.name), () => up(option, option.up));
      option.down = button('quiet rank-button', '↓', words(marks, 'down', option.name), () => down(option, option.down));
      option.remove = button('quiet rank-button', '×', words(marks, 'remove', option.name), () => move(option, null, option.add));
      option.tie = button('plain rank-tie', marks.dataset.tie, words(marks, 'tied', option.name), () => tie(option, option.tie));
      const text = made('span', 'rank-name', option.name);
      const name = made('span', 'rank-text');
      name.append(text, option.tie);
      const wrong = row.querySelector('.field-error');
      if (wrong) name.append(wrong);
      // An error of the form leads here now.
      option.item.id = option.input.id;
      option.input.removeAttribute('id');
      option.item.tabIndex = -1;
      option.item.append(option.handle, option.number, name, option.up, option.down, option.remove, option.add);
      // The whole of an option that is not ranked yet is the target.
      option.item.addEventListener('click', event => {
        if (!ranked.includes(option) && !event.target.closest('button')) move(option, ranked.length, option.handle);
      });
      option.handle.addEventListener('keydown', event => {
        const press = {
          ArrowUp: () => up(option, option.handle),
          ArrowDown: () => down(option, option.handle),
          Home: () => move(option, 0, option.handle),
          End: () => move(option, ranked.length - (ranked.includes(option) ? 1 : 0), option.handle),
          Delete: () => move(option, null, option.handle),
          '=': () => tie(option, option.handle),
        }[event.key];
        if (press) { event.preventDefault(); press(); }
      });
      option.handle.addEventListener('pointerdown', event => {
        if (event.button !== 0) return;
        event.preventDefault();
        option.handle.focus();
        // The board stays where it is while its items move.
        board.setPointerCapture(event.pointerId);
        dragged = option;
        option.item.classList.add('dragged');
      });
      return option;
    });

    let dragged = null;
    board.addEventListener('pointermove', event => {
      if (!dragged) return;
      const others = ranked.filter(option => option !== dragged);
      const end = others.length > 0 ? others.at(-1).item.getBoundingClientRect().bottom : on.getBoundingClientRect().top;
      const outside = !off.hidden && event.clientY > Math.max(offTitle.getBoundingClientRect().top, end);
      const at = outside ? null : others.filter(option => {
        const box = option.item.getBoundingClientRect();
        return (box.top + box.bottom) / 2 < event.clientY;
      }).length;
      const now = ranked.indexOf(dragged);
      if ((at ?? -1) === now) return;
      move(dragged, at, dragged.handle);
      dragged.item.classList.add('dragged');
    });
    const drop = () => {
      if (dragged) dragged.item.classList.remove('dragged');
      dragged = null;
    };
    board.addEventListener('pointerup', drop);
    board.addEventListener('pointercancel', drop);

    // What was typed, or is voted already, comes first; equals are parted where the method has none.
    ranked = options.filter(option => numberOf(option.input) > 0).sort((a, b) => numberOf(a.input) - numberOf(b.input));
    ranked.forEach((option, i) => { option.tied = equals && i > 0 && numberOf(option.input) === numberOf(ranked[i - 1].input); });
    rows.hidden = true;
    marks.append(board);
    show();
  };

  for (const marks of document.querySelectorAll('.paper-marks')) {
    marks.addEventListener('change', () => fill(marks));
    if (marks.dataset.most) choices(marks);
    if (marks.dataset.points) points(marks);
    if ('ranking' in marks.dataset && !marks.closest('fieldset').disabled) ranking(marks);
  }
})();
