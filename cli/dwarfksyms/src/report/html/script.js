
'use strict';

// What is behind a cause stands in <noscript>: with scripts, that is a text, which becomes elements when it is opened.
// Thousands of causes would take a browser many seconds otherwise.
function fill(details) {
  const more = details.querySelector(':scope > noscript');
  if (!more) return;
  more.insertAdjacentHTML('afterend', more.textContent);
  more.remove();
}

// The text of what the report has written, in which every other "<" and "&" is escaped.
const characters = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" };
function plain(markup) {
  return markup.replace(/<[^>]*>/g, '').replace(/&(lt|gt|amp|quot|#39);/g, (_, name) => characters[name]);
}

// The text that a filter looks at, found once.
const texts = new WeakMap();
function textOf(row) {
  let text = texts.get(row);
  if (text === undefined) {
    const more = row.querySelector('noscript');
    text = more ? `${row.rows[0].textContent} ${plain(more.textContent)}` : row.textContent;
    texts.set(row, text = text.toLowerCase());
  }
  return text;
}

// Finds texts before anybody asks, while there is nothing else to do.
function prepare(rows, at = 0) {
  if (at >= rows.length || !window.requestIdleCallback) return;
  requestIdleCallback(deadline => {
    do textOf(rows[at++]); while (at < rows.length && deadline.timeRemaining() > 1);
    prepare(rows, at);
  });
}

// Shows the rows of a section that its filter and its boxes let pass.
function filter(section, rows) {
  const words = section.querySelector('.filter').value.toLowerCase().split(/\s+/).filter(Boolean);
  const unchecked = {};
  for (const box of section.querySelectorAll('input[type=checkbox]:not(:checked)')) {
    (unchecked[box.name] ||= new Set()).add(box.value);
  }
  let shown = 0;
  for (const row of rows) {
    const passes = Object.entries(unchecked).every(([name, values]) => {
      const own = row.dataset[name].split(' ').filter(Boolean);
      return own.length === 0 || own.some(value => !values.has(value));
    });
    const isHidden = !passes || !words.every(word => textOf(row).includes(word));
    if (row.hidden !== isHidden) row.hidden = isHidden;
    if (!isHidden) shown += 1;
  }
  section.querySelector('.shown').textContent = `${shown} of ${rows.length} shown`;
}

// Orders rows by a column; a second time, the other way round.
function sort(header, rows) {
  const column = header.cellIndex;
  const isNumber = header.dataset.sort === 'number';
  const first = isNumber ? 'descending' : 'ascending';
  const second = isNumber ? 'ascending' : 'descending';
  const order = header.getAttribute('aria-sort') === first ? second : first;
  for (const other of header.parentNode.cells) other.removeAttribute('aria-sort');
  header.setAttribute('aria-sort', order);
  const sign = order === 'ascending' ? 1 : -1;
  const collator = new Intl.Collator('en', { numeric: true });
  const keyed = rows.map((row, at) => {
    const cell = (row.rows ? row.rows[0] : row).cells[column];
    return { row, at, key: isNumber ? Number(cell.dataset.value) : cell.textContent };
  });
  const compare = isNumber ? (a, b) => a.key - b.key : (a, b) => collator.compare(a.key, b.key);
  keyed.sort((a, b) => sign * compare(a, b) || a.at - b.at);
  rows[0].parentNode.append(...keyed.map(({ row }) => row));
}

function begin(section, rows) {
  const update = () => filter(section, rows);
  const form = section.querySelector('.controls');
  form.hidden = false;
  form.addEventListener('input', update);
  form.addEventListener('submit', event => event.preventDefault());
  for (const header of section.querySelectorAll('th[data-sort]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener('click', () => sort(header, rows));
  }
  update();
  prepare(rows);
}

const causes = document.getElementById('causes');
if (causes) {
  const rows = [...causes.querySelectorAll('.causes > tbody')];
  new MutationObserver(changes => {
    for (const { target } of changes) if (target.open) fill(target);
  }).observe(causes, { subtree: true, attributeFilter: ['open'] });
  begin(causes, rows);
  const open = isOpen => {
    for (const row of rows) {
      if (!row.hidden) row.querySelector('details').open = isOpen;
    }
  };
  causes.querySelector('.expand').addEventListener('click', () => open(true));
  causes.querySelector('.collapse').addEventListener('click', () => open(false));

  // A link to a cause shows it, even if it was filtered out.
  const show = () => {
    const row = rows.find(row => `#${row.id}` === location.hash);
    if (!row) return;
    row.hidden = false;
    const details = row.querySelector('details');
    fill(details);
    details.open = true;
    row.scrollIntoView();
  };
  addEventListener('hashchange', show);
  show();

  // What is printed has everything.
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = [...causes.querySelectorAll('details:not([open])')];
    for (const details of closed) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of closed) details.open = false;
  });
}

const exported = document.getElementById('exports');
if (exported) begin(exported, [...exported.querySelectorAll('.exports > tbody > tr')]);
