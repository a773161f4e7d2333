package relata.graph.text;

/**
 * A value of a document's metadata and where it stands there. A list is several attributes of one
 * path.
 *
 * @param path the names of the fields that lead to it, joined by dots
 */
public record Attribute(String path, Value value) {}
