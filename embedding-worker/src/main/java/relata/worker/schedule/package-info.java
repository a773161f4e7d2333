/** Which documents are worked on next: one bounded queue for each generation and lane. */
package relata.worker.schedule;
