/**
 * The vector engine: float32 vectors in mapped memory, a sketch of each on the heap, and scans that
 * exclude most vectors by their sketches with certainty and decide the rest exactly
 * (docs/adr/0011-sketches-with-a-certain-bound.md).
 */
package relata.graph.engine;
