// Zip archives by their central directory: stored or deflated, no encryption, no zip64.

const MOST_DIRECTORY_BYTES = 64 * 1024 * 1024;

/** What is wrong with a bundle as an archive, or with one of its files. */
export class Unreadable extends Error {
  constructor(reason, details = {}) {
    super(reason);
    this.reason = reason;
    this.details = details;
  }
}

function safeName(name) {
  return /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/.test(name) && name.length <= 200 && !name.split("/").some(part => /^\.+$/.test(part));
}

async function slice(blob, from, to) {
  return new Uint8Array(await blob.slice(from, to).arrayBuffer());
}

/**
 * The files of an archive, by name: { name, deflated, packed (bytes), bytes, at }.
 * @throws {Unreadable} no archive, or one that could hide something.
 */
export async function readDirectory(blob) {
  const tail = await slice(blob, Math.max(0, blob.size - 65557), blob.size);
  const view = new DataView(tail.buffer);
  let end = tail.length - 22;
  while (end >= 0 && !(view.getUint32(end, true) === 0x06054b50 && end + 22 + view.getUint16(end + 20, true) === tail.length))
    end--;
  if (end < 0)
    throw new Unreadable("zip-none");
  const [count, length, start] = [view.getUint16(end + 10, true), view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  if (count === 0xffff || start === 0xffffffff || view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count)
    throw new Unreadable("zip-form");
  if (length > MOST_DIRECTORY_BYTES || start + length !== blob.size - tail.length + end)
    throw new Unreadable("zip-form");
  return entries(await slice(blob, start, start + length), count, start);
}

function entries(bytes, count, before) {
  const view = new DataView(bytes.buffer);
  const files = new Map();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50)
      throw new Unreadable("zip-form");
    const [flags, method, packed, size] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true), view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const [named, extra, comment, local] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true), view.getUint32(at + 42, true)];
    const name = text(bytes.subarray(at + 46, at + 46 + named));
    if (name === null || !safeName(name))
      throw new Unreadable("zip-name", { name: JSON.stringify(name ?? "?").slice(0, 80) });
    if (files.has(name))
      throw new Unreadable("zip-twice", { name });
    if ((flags & 1) !== 0 || (method !== 0 && method !== 8) || local + packed > before || size === 0xffffffff || packed === 0xffffffff || (method === 0 && packed !== size))
      throw new Unreadable("zip-file", { file: name });
    files.set(name, { name, deflated: method === 8, packed, bytes: size, at: local });
    at += 46 + named + extra + comment;
  }
  if (at !== bytes.length)
    throw new Unreadable("zip-form");
  return files;
}

/**
 * The bytes of a file, never more than `most` whatever the archive unpacks to.
 * @param {number} before how many bytes to leave free in front
 * @throws {Unreadable} it is longer or shorter than it says, or cannot be unpacked.
 */
export async function readFile(blob, file, most, before = 0) {
  if (file.bytes > most)
    throw new Unreadable("file-long", { file: file.name, most });
  const header = await slice(blob, file.at, file.at + 30);
  const view = new DataView(header.buffer);
  if (header.length < 30 || view.getUint32(0, true) !== 0x04034b50)
    throw new Unreadable("zip-file", { file: file.name });
  const named = view.getUint16(26, true);
  const start = file.at + 30 + named + view.getUint16(28, true);
  // Other programs go by the name that stands here.
  if (text(await slice(blob, file.at + 30, file.at + 30 + named)) !== file.name)
    throw new Unreadable("zip-file", { file: file.name });
  const packed = blob.slice(start, start + file.packed);
  const bytes = new Uint8Array(before + file.bytes);
  const stream = file.deflated ? packed.stream().pipeThrough(new DecompressionStream("deflate-raw")) : packed.stream();
  const reader = stream.getReader();
  let at = before;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (at + part.value.length > bytes.length) {
        await reader.cancel();
        throw new Unreadable("file-length", { file: file.name });
      }
      bytes.set(part.value, at);
      at += part.value.length;
    }
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable("zip-file", { file: file.name });
  }
  if (at !== bytes.length)
    throw new Unreadable("file-length", { file: file.name });
  return bytes;
}
