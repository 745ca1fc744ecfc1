// Comforts only: every page works without this file.
(() => {
  'use strict';

  // Panels close with Escape, and when one clicks elsewhere.
  const panels = () => document.querySelectorAll('details[data-closes][open]');
  document.addEventListener('click', event => {
    for (const panel of panels()) if (!panel.contains(event.target)) panel.open = false;
  });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      for (const panel of panels()) {
        const inside = panel.contains(document.activeElement);
        panel.open = false;
        if (inside) panel.querySelector('summary').focus();
      }
    }
    // "/" goes to the search, unless one is typing.
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest?.('input, textarea, select')) {
      const search = [...document.querySelectorAll('.search input[type=search]')].find(field => field.offsetParent);
      if (search) { event.preventDefault(); search.focus(); }
    }
  });

  // A section that is folded opens for whoever follows a link into it, in browsers that do not do so by themselves.
  const unfold = () => {
    const target = document.getElementById(location.hash.slice(1));
    const fold = target?.closest('details.fold:not([open])');
    if (fold) { fold.open = true; target.scrollIntoView(); }
  };
  window.addEventListener('hashchange', unfold);
  unfold();

  // The slider by month sets the date of the form.
  const slider = document.getElementById('time-slider');
  const date = document.getElementById('time-as-of');
  if (slider && date) {
    slider.closest('.time-slider').hidden = false;
    const [year, month] = slider.dataset.first.split('-').map(Number);
    const dayOf = months => {
      if (months === slider.max) return slider.dataset.today;
      const at = year * 12 + (month - 1) + Number(months);
      return `${Math.floor(at / 12)}-${String(at % 12 + 1).padStart(2, '0')}-01`;
    };
    const say = () => slider.setAttribute('aria-valuetext',
      new Intl.DateTimeFormat(document.documentElement.lang, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(dayOf(slider.value))));
    say();
    slider.addEventListener('input', () => { date.value = dayOf(slider.value); say(); });
  }

  // Errors of a form are read first.
  document.querySelector('.error-summary')?.focus();

  // What waits in a console is the account's: it is sent before the account signs out, or given up knowingly.
  document.addEventListener('submit', event => {
    const form = event.target;
    if (!form.dataset.waiting) return;
    const shelves = Object.keys(localStorage).filter(key => key.startsWith(`console:${form.dataset.account}:`));
    const left = () => shelves.reduce((count, key) => { try { const all = JSON.parse(localStorage.getItem(key)); return count + (all.queue?.length ?? 0) + (all.refused?.length ?? 0); } catch { return count; } }, 0);
    const forget = () => shelves.forEach(key => localStorage.removeItem(key));
    if (left() === 0) { forget(); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    const sendings = [];
    document.dispatchEvent(new CustomEvent('governance:leaving', { detail: sendings }));
    Promise.race([Promise.allSettled(sendings), new Promise(resolve => setTimeout(resolve, 8000))]).then(() => {
      if (left() > 0 && !confirm(form.dataset.waiting.replace('{0}', left()))) return;
      forget();
      form.requestSubmit();
    });
  }, true);

  // A form is sent once, however often its button is pressed.
  document.addEventListener('submit', event => {
    if (event.defaultPrevented) return;
    if (event.target.dataset.sent) event.preventDefault();
    else if (event.target.method === 'post') event.target.dataset.sent = 'yes';
  });
  // What is chosen in secret is sent at one length: a field beside it takes up what is short of the most.
  document.addEventListener('formdata', event => {
    for (const padding of event.target.querySelectorAll('[data-pads]')) {
      const name = padding.dataset.pads;
      const sent = [...event.formData].filter(([field]) => field === name || field.startsWith(name + '.'))
        .reduce((length, field) => length + new URLSearchParams([field]).toString().length + 1, 0);
      event.formData.set(padding.name, '-'.repeat(Math.max(0, padding.dataset.most - sent)));
    }
  });
  window.addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(form => delete form.dataset.sent));
})();
