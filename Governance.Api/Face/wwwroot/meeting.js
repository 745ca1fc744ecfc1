// A meeting as it happens: parts of the page that the host sends are put in their place. Without this file the page is as of its opening.
(() => {
  'use strict';

  const root = document.querySelector('[data-meeting]');
  if (!root) return;
  const lost = document.querySelector('.lost');
  const put = (id, html) => { const part = document.getElementById(id); if (part) part.innerHTML = html; };
  const tell = (name, detail) => root.dispatchEvent(new CustomEvent('meeting:' + name, { detail }));

  // The host says something at least four times a minute: a silence is a lost connection, whatever the browser thinks of it.
  const silence = 40000;
  let timer, again;
  const heard = () => {
    lost.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(() => { lost.hidden = false; connect(); }, silence);
  };

  let source;
  const connect = () => {
    source?.close();
    source = new EventSource(root.dataset.meeting);
    const on = (name, act) => source.addEventListener(name, event => { heard(); act(event.data); });
    source.onopen = () => { heard(); tell('back'); };
    source.onerror = () => {
      lost.hidden = false;
      // The browser goes on trying by itself, except where it was answered with an error.
      if (source.readyState === EventSource.CLOSED) { clearTimeout(again); again = setTimeout(connect, 3000); }
    };
    on('beat', at => tell('beat', at));
    on('gauges', html => put('gauges', html));
    on('room', json => tell('room', JSON.parse(json)));
    on('conduct', () => tell('conduct'));
    on('now', html => {
      put('now', html);
      const number = Number(document.querySelector('#now .now-number')?.textContent);
      document.querySelectorAll('.seat-agenda > li').forEach((item, at) => at + 1 === number ? item.setAttribute('aria-current', 'step') : item.removeAttribute('aria-current'));
    });
    on('own', async () => {
      const answer = await fetch(location.href).catch(() => null);
      if (!answer?.ok) return;
      const own = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('own');
      if (own) put('own', own.innerHTML);
    });
  };
  connect();
  window.addEventListener('online', connect);
  window.addEventListener('pagehide', () => source?.close());
  window.addEventListener('pageshow', event => { if (event.persisted) connect(); });
})();
