// Reads Prometheus' text, and makes rates of two readings.

import {bytes} from './format.js';

/** The sums of all series of each name. */
export function read(text) {
  const sums = new Map();
  for (const line of String(text).split('\n')) {
    const match = /^([a-z_]+)(?:\{[^}]*\})? ([0-9.eE+-]+)$/.exec(line);
    if (match) {
      sums.set(match[1], (sums.get(match[1]) || 0) + Number(match[2]));
    }
  }
  return sums;
}

const MOST_READINGS = 13;

export class Rates {
  constructor() {
    this.readings = [];
  }

  take(sums) {
    this.readings.push({at: performance.now(), sums});
    if (this.readings.length > MOST_READINGS) {
      this.readings.shift();
    }
  }

  rate(name) {
    const first = this.readings[0];
    const last = this.readings.at(-1);
    if (!first || first === last) {
      return null;
    }
    const seconds = (last.at - first.at) / 1000;
    return Math.max(0, (last.sums.get(name) || 0) - (first.sums.get(name) || 0)) / seconds;
  }

  perSecond(name) {
    const rate = this.rate(name);
    return rate === null ? '–' : `${rate.toFixed(rate < 10 ? 1 : 0)}/s`;
  }

  bytesPerSecond(name) {
    const rate = this.rate(name);
    return rate === null ? '–' : `${bytes(rate)}/s`;
  }

  mean(name) {
    const requests = this.rate(`${name}_count`);
    return requests ? `${(1000 * this.rate(`${name}_sum`) / requests).toFixed(1)} ms` : '–';
  }
}
