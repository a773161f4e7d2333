/**
 * What generations' indexes saved on the local disk: a cache that is verified whenever it is used,
 * and thrown away in doubt (docs/adr/0013-snapshots-are-a-cache.md).
 */
package relata.graph.snapshot;
