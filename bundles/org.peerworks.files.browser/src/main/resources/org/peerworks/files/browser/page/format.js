// Numbers and times as people read them.

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
const COUNT = new Intl.NumberFormat('en');

export function size(bytes) {
  let value = bytes;
  let unit = 0;
  while (value >= 999.95 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}

export function count(number) {
  return COUNT.format(number);
}

/** Local date and time; nothing where it is not known. */
export function date(seconds) {
  if (!seconds) {
    return '–';
  }
  const at = new Date(seconds * 1000);
  return `${day(at)} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Time of today, else with its date. */
export function clock(seconds) {
  const at = new Date(seconds * 1000);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return day(at) === day(new Date()) ? time : `${day(at)} ${time}`;
}

export function iso(seconds) {
  return new Date(seconds * 1000).toISOString();
}

function day(at) {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

function two(number) {
  return String(number).padStart(2, '0');
}
