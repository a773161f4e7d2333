package relata.worker.split;

import java.util.Locale;

/** What a piece of a document is. */
public enum BlockKind {
  TITLE,
  /** What a model wrote about the whole document. */
  DESCRIPTION,
  PARAGRAPH,
  LIST,
  HEADING,
  TABLE,
  CODE;

  /** As recipes and the database spell it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind with this id.
   *
   * @throws IllegalArgumentException naming the id when there is none
   */
  public static BlockKind of(String id) {
    for (BlockKind kind : values()) {
      if (kind.id().equals(id)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("There is no block kind \"" + id + "\".");
  }
}
