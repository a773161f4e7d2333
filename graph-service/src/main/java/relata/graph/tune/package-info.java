/**
 * How the effort of searches is chosen by trials
 * (docs/adr/0016-the-effort-of-searches-is-tuned.md); knows the JDK and what an effort is, so that
 * all of it runs without an index, a database or time.
 */
package relata.graph.tune;
