// The contents of documents that events name by their hash, held against those that the bundle has.

const FOLDER = "documents/";

export class Documents {
  named = new Map();
  destroyed = new Set();
  personal = new Set();

  take({ stream, type, data }) {
    if (!stream.startsWith("document:"))
      return;
    if (type === "document_destroyed")
      this.destroyed.add(stream);
    if (type !== "document_filed" && type !== "document_replaced")
      return;
    if (data.about !== undefined)
      this.personal.add(stream);
    const hash = data.content?.sha256;
    if (typeof hash !== "string")
      return;
    if (!this.named.has(hash))
      this.named.set(hash, []);
    this.named.get(hash).push(stream);
  }

  /** Each file is the content that its name says, which an event names; what is not there is counted by its reason. */
  verify(check, files) {
    for (const name of Object.keys(files).filter(name => name.startsWith(FOLDER)).sort()) {
      const hash = name.slice(FOLDER.length);
      if (files[name].sha256 !== hash || !this.named.has(hash))
        check.fail("document-strange", { file: name });
    }
    if (this.named.size === 0)
      return check.none("no-documents");
    const counts = { count: 0, destroyed: 0, personal: 0, missing: 0 };
    for (const [hash, streams] of this.named) {
      const gone = streams.every(stream => this.destroyed.has(stream));
      const reason = Object.hasOwn(files, FOLDER + hash) ? "count"
        : gone ? "destroyed"
        : streams.every(stream => this.personal.has(stream) || this.destroyed.has(stream)) ? "personal"
        : "missing";
      counts[reason]++;
    }
    return check.pass("documents", counts);
  }
}
