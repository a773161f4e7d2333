package relata.local.bulk;

/**
 * Something that was not imported.
 *
 * @param location {@code file} or {@code file:line}
 */
public record Rejection(String location, String detail) {}
