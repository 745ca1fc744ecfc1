// Secret ballots. Tracking codes are made here, in the voter's own browser; without this file the host makes them.
(() => {
  'use strict';

  const signs = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  for (const shown of document.querySelectorAll('[data-tracking-code]')) {
    const code = [...crypto.getRandomValues(new Uint8Array(12))].map(byte => signs[byte % signs.length]).join('');
    document.getElementById(shown.dataset.trackingCode).value = code;
    shown.textContent = code.match(/.{4}/g).join('-');
  }

  // The codes are shown once: whoever wants to keep them takes them along.
  const copies = document.querySelector('[data-copies]');
  if (copies && navigator.clipboard) {
    copies.hidden = false;
    const button = copies.querySelector('button');
    button.addEventListener('click', async () => {
      const codes = [...document.querySelectorAll('.receipt-code')].map(code => `${code.previousElementSibling.textContent}: ${code.textContent}`);
      await navigator.clipboard.writeText([document.title, ...codes].join('\n'));
      button.textContent = button.dataset.done;
    });
  }

  // A paper is looked for among those on the page: the code leaves it for nowhere.
  const find = document.querySelector('[data-finds-paper]');
  if (find) {
    find.hidden = false;
    const input = find.querySelector('input');
    const said = find.querySelector('[role=status]');
    input.addEventListener('input', () => {
      const code = input.value.toUpperCase().replace(/[-\s]/g, '');
      const rows = [...document.querySelectorAll('[data-paper]')];
      const found = rows.find(row => row.dataset.paper === code);
      for (const row of rows) row.classList.toggle('found', row === found);
      said.textContent = code.length < 12 ? '' : found ? find.dataset.found : find.dataset.missing;
      found?.scrollIntoView({ block: 'nearest' });
    });
  }
})();
