// Numbers and times as people read them.

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

export function bytes(count) {
  let value = Number(count) || 0;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

export function count(value) {
  return (Number(value) || 0).toLocaleString('en');
}

export function plural(value, one, many) {
  return `${count(value)} ${Number(value) === 1 ? one : many}`;
}

export function percent(part, whole) {
  return whole > 0 ? Math.min(100, Math.round(100 * part / whole)) : 0;
}

export function duration(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) {
    return `${s} s`;
  }
  if (s < 3600) {
    return `${Math.round(s / 60)} min`;
  }
  return s < 2 * 86400 ? `${Math.round(s / 3600)} h` : `${Math.round(s / 86400)} days`;
}

const DATE = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'short'});

export function date(text) {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? String(text || '') : DATE.format(time);
}
