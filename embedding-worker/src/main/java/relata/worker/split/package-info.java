/** Splitting, as pure functions over the JDK alone: blocks in, chunks out. */
package relata.worker.split;
