/** What was used last, within a bound. Knows the JDK alone. */
package relata.worker.recent;
