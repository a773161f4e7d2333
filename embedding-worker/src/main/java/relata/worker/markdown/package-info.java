/** The adapter between a markdown parser and the blocks that are split. */
package relata.worker.markdown;
