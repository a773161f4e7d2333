/** Chunks and vectors that the client made itself. */
package relata.worker.provided;
