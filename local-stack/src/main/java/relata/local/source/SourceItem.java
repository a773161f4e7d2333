package relata.local.source;

/** What a reader finds in a file, in the order of the file. */
public sealed interface SourceItem {
  /** For a person: {@code file}, or {@code file:line}. */
  String location();

  /**
   * A document to be imported.
   *
   * @param json one line of a bulk import: an object with {@code id}, {@code title}, {@code body},
   *     {@code format} and {@code metadata}; an NDJSON file's lines are passed on as they are
   */
  record Document(String location, String json) implements SourceItem {}

  /**
   * Something that cannot be read as a document.
   *
   * @param detail what is wrong
   */
  record Broken(String location, String detail) implements SourceItem {}
}
