// Bytes as the texts that people and formats write.

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The UTF-8 bytes of a text. */
export function utf8(text) {
  return encoder.encode(text);
}

/** The text that UTF-8 bytes are; null when they are none. */
export function text(bytes) {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** Lower-case hexadecimal. */
export function hex(bytes) {
  let digits = "";
  for (const byte of bytes)
    digits += (byte < 16 ? "0" : "") + byte.toString(16);
  return digits;
}

export function base64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

/** The bytes that a text in base64 stands for, written in the one way there is (padded, nothing left over); null otherwise. */
export function fromBase64(written) {
  if (typeof written !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(written) || written.length % 4 !== 0)
    return null;
  const bytes = Uint8Array.from(atob(written), c => c.charCodeAt(0));
  return base64(bytes) === written ? bytes : null;
}

export function sameBytes(a, b) {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

export function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
