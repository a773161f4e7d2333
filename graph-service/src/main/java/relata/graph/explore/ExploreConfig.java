package relata.graph.explore;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of what one look at the graph returns, and of what is kept in memory for it. */
@ConfigMapping(prefix = "relata.explore")
public interface ExploreConfig {
  /** Nodes in an answer; among n documents there are up to n² / 2 edges. */
  @WithDefault("500")
  int maxNodes();

  /** Edges in an answer; how many more there are is told. */
  @WithDefault("2000")
  int maxEdges();

  /** Steps from a document. A few reach most of a graph. */
  @WithDefault("6")
  int maxDepth();

  /** Communities, or groups of near-duplicates, in an answer, and documents told of each. */
  @WithDefault("100")
  int maxGroups();

  /**
   * Graphs that are kept in memory, those that were looked at last. One of 100,000 documents with
   * 10 neighbours each takes about 25 MB, and a second or two to be read again.
   */
  @WithDefault("4")
  int maxGraphs();

  /**
   * Entries of neighbour lists that are read for a graph; one with more is not looked at as a
   * whole. Each takes up to 70 bytes while it is read.
   */
  @WithDefault("10000000")
  int maxEntries();

  /** Rows fetched at a time while a graph is read. */
  @WithDefault("5000")
  int readRows();

  /** Looks that wait for the thread that computes; the next is told to come again later. */
  @WithDefault("16")
  int maxWaiting();

  /**
   * Graphs that are being sent as a whole at a time; the next one is told to come again later. Each
   * is kept in memory until its last page is sent, also if it is an old one by then.
   */
  @WithDefault("4")
  int maxExports();

  /**
   * Nodes or edges of a page of an export: one line, of up to 70 bytes for each. Whoever puts names
   * to them asks once a page.
   */
  @WithDefault("1000")
  int exportPage();

  /** Who has taken nothing of an export for so long is disconnected. */
  @WithDefault("PT60S")
  Duration stalledAfter();
}
