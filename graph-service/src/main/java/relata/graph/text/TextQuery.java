package relata.graph.text;

/**
 * What is looked for by words.
 *
 * @param text as it was typed
 * @param maxWords how many different words of it are looked for; the rest is ignored
 */
public record TextQuery(String text, int maxWords) {}
