/** Who may call the model server, and when. Knows the JDK alone. */
package relata.worker.gate;
