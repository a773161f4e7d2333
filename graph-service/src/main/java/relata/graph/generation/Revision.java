package relata.graph.generation;

/**
 * Which features of a document: they are made anew with each of its versions, and with each request
 * to make them anew although it did not change.
 *
 * @param version the document's version that they were made from
 * @param request the request that they were made for, 0 for the first
 */
public record Revision(long version, long request) {}
