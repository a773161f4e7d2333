/**
 * Measures the vector engine inside a process of its own, beside a peer, and prints the figures.
 * Started by {@code ./relata bench graph}, which knows the bars; not used by the service.
 */
package relata.graph.bench;
