/** Threads that do one thing for as long as the process lives. */
package relata.worker.loop;
