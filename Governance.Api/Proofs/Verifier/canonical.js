// Canonical JSON: RFC 8785, with numbers that are whole and below 2^53.

const ESCAPED = /["\\\u0000-\u001f]/g;
const SHORT = { '"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r" };
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function quoted(value) {
  if (LONE.test(value))
    throw new TypeError("lone surrogate");
  return `"${value.replace(ESCAPED, c => SHORT[c] ?? "\\u00" + (c < "\u0010" ? "0" : "") + c.charCodeAt(0).toString(16))}"`;
}

/**
 * The canonical text of a value that JSON can say.
 * @throws {TypeError} a number that is not whole or not below 2^53, half a surrogate pair.
 */
export function canonical(value) {
  if (value === null || value === true || value === false)
    return String(value);
  if (typeof value === "string")
    return quoted(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value))
      throw new TypeError("not a whole number below 2^53");
    return String(value);
  }
  if (Array.isArray(value))
    return `[${value.map(canonical).join(",")}]`;
  // Without an argument, sort goes by UTF-16 code units, which is what RFC 8785 asks for.
  return `{${Object.keys(value).sort().map(name => `${quoted(name)}:${canonical(value[name])}`).join(",")}}`;
}

/** What a text in canonical form says; null when it is no JSON, or written in another way. */
export function readCanonical(written) {
  try {
    const value = JSON.parse(written);
    return canonical(value) === written ? value : null;
  } catch {
    return null;
  }
}
