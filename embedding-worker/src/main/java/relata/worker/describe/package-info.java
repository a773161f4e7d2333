/** Has models describe documents. What they answer is a text and never anything else. */
package relata.worker.describe;
