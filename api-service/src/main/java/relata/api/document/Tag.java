package relata.api.document;

/**
 * Entity tag of a document. The document's id is in it so that a document that was deleted and
 * written anew never has an old one's tag.
 *
 * @param text {@code "<document id>-<version>"} with its quotes
 */
record Tag(String text) {
  static Tag of(long documentId, long version) {
    return new Tag("\"" + documentId + "-" + version + "\"");
  }

  /** The tag without the mark of a weak one, which proxies put on what they compress. */
  Tag strong() {
    return text.startsWith("W/") ? new Tag(text.substring(2)) : this;
  }

  /** Whether it stands for every tag. */
  boolean isAny() {
    return "*".equals(text);
  }
}
