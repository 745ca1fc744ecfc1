// Exact fractions.

function divisor(a, b) {
  while (b !== 0n)
    [a, b] = [b, a % b];
  return a;
}

const SMALL = new Map();

/** A fraction in lowest terms, its denominator above zero. */
export class Fraction {
  constructor(above, below = 1n) {
    const by = divisor(above < 0n ? -above : above, below);
    this.above = by === 1n ? above : above / by;
    this.below = by === 1n ? below : below / by;
  }

  /** @throws {TypeError} a text that is no fraction. */
  static of(written) {
    if (written instanceof Fraction)
      return written;
    const known = SMALL.get(written);
    if (known !== undefined)
      return known;
    const [, above, below] = /^([+-]?[0-9]+)(?:\/([0-9]*[1-9][0-9]*))?$/.exec(String(written)) ?? [];
    if (above === undefined)
      throw new TypeError(`no fraction: ${String(written).slice(0, 40)}`);
    const value = new Fraction(BigInt(above), below === undefined ? 1n : BigInt(below));
    if (SMALL.size < 1000)
      SMALL.set(written, value);
    return value;
  }

  plus(other) { return new Fraction(this.above * other.below + other.above * this.below, this.below * other.below); }
  minus(other) { return new Fraction(this.above * other.below - other.above * this.below, this.below * other.below); }
  times(other) { return new Fraction(this.above * other.above, this.below * other.below); }
  over(other) {
    return other.above < 0n ? new Fraction(-this.above * other.below, this.below * -other.above) : new Fraction(this.above * other.below, this.below * other.above);
  }

  /** Below zero, zero or above as this is less than, equal to or more than the other. */
  compare(other) {
    const [a, b] = [this.above * other.below, other.above * this.below];
    return a < b ? -1 : a > b ? 1 : 0;
  }

  equals(other) { return this.compare(other) === 0; }
  isZero() { return this.above === 0n; }

  floor() {
    const whole = this.above / this.below;
    return new Fraction(this.above < 0n && whole * this.below !== this.above ? whole - 1n : whole);
  }

  ceiling() {
    const floor = this.floor();
    return floor.equals(this) ? floor : floor.plus(ONE);
  }

  toString() { return this.below === 1n ? String(this.above) : `${this.above}/${this.below}`; }
}

export const ZERO = new Fraction(0n);
export const ONE = new Fraction(1n);

export function sumOf(fractions) {
  return fractions.reduce((sum, each) => sum.plus(each), ZERO);
}

/** The factor that makes these the least whole numbers, where there are fractions among them; 1 where there are none. */
export function commonFactor(fractions) {
  const below = fractions.reduce((factor, each) => factor / divisor(factor, each.below) * each.below, 1n);
  return below === 1n ? ONE : new Fraction(below, fractions.reduce((common, each) => divisor(common, each.above * (below / each.below)), 0n));
}
