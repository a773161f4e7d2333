package relata.graph.compare;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of the comparisons of two generations, which run beside searches and commits. */
@ConfigMapping(prefix = "relata.compare")
public interface ComparisonConfig {
  /**
   * Comparisons at a time, each with one thread that scans. More answer several collections at
   * once, and take processors from searches and edges.
   */
  @WithDefault("1")
  int concurrent();

  /** How long one waits for the others before it is told to come again later. */
  @WithDefault("PT10S")
  Duration waiting();

  /**
   * After which a comparison is content with the documents and queries that it has got to. Longer
   * compares more of a large collection; whoever asked waits so long.
   */
  @WithDefault("PT60S")
  Duration timeLimit();

  /** Documents; each costs a scan of either generation. */
  @WithDefault("1000")
  int maxDocuments();

  /** Queries; each costs two embeddings, in the lane of people's searches, and two scans. */
  @WithDefault("500")
  int maxQueries();

  /** Expected documents of one query. */
  @WithDefault("100")
  int maxExpected();

  /** Characters of one query, as of a search. */
  @WithDefault("4000")
  int maxCharacters();

  /** Length of the rankings that are compared. */
  @WithDefault("100")
  int maxDepth();

  /**
   * How long the vector of one query is waited for. Longer than for a search, because nobody looks
   * at the screen, and the candidate's model may have to be loaded first.
   */
  @WithDefault("PT10S")
  Duration embedTimeout();

  /** After so many queries in a row that the model had no vector for, the rest is left out. */
  @WithDefault("3")
  int maxFailures();
}
