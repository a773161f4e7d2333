package relata.graph.index;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How searches are made cheaper by trials, and what these may cost. */
@ConfigMapping(prefix = "relata.tune")
public interface TuneConfig {
  /**
   * Whether runs begin by themselves. Without it nothing is tuned but by hand; what was promoted is
   * still checked.
   */
  @WithDefault("true")
  boolean automatic();

  /**
   * Recall that searches must have, by its lower confidence bound, where the collection does not
   * ask for another. Lower lets searches be cheaper, 1 makes all of them certain.
   */
  @WithDefault("0.95")
  double minRecall();

  /**
   * By which share searches must become cheaper at least. Less promotes what nobody would notice.
   */
  @WithDefault("0.1")
  double minGain();

  /** How probable the measured gain may be if the true one is smaller. Less takes more queries. */
  @WithDefault("0.01")
  double significance();

  /** Trials of one index within an hour; a run takes about ten. Each asks all queries thrice. */
  @WithDefault("30")
  int trialsAnHour();

  /** In which nothing is promoted by itself after the effort was changed. */
  @WithDefault("PT6H")
  Duration cooldown();

  /**
   * Between two measurements of what searches have, unless that is certainty. Shorter finds sooner
   * that documents or queries have changed; each costs one trial.
   */
  @WithDefault("PT6H")
  Duration checkEvery();

  /** In which no run of an index begins by itself after another has ended, however it did. */
  @WithDefault("PT10M")
  Duration retry();

  /** How many times as large, or small, a collection is when it is tuned again. */
  @WithDefault("1.5")
  double growth();

  /** Chunks below which nothing is tuned by itself: a search of so few takes 0.1 ms in any case. */
  @WithDefault("10000")
  int minChunks();

  /**
   * Queries of a trial. It takes 52 to show a recall of 0.95 and 268 for 0.99, if nothing is missed
   * at all; more let more be missed, and make trials longer.
   */
  @WithDefault("300")
  int maxQueries();

  /**
   * Vectors of search texts that are kept of a generation, and as many of stored queries; 0 keeps
   * none, so that nothing is tuned by them. Each is 4 bytes a dimension in the database.
   */
  @WithDefault("400")
  int sampleSlots();

  /**
   * Vectors that a replica takes from the searches between two looks, of each generation, as long
   * as there are places; of more, as many are drawn. More let a new collection be tuned sooner, and
   * wait in memory until the look.
   */
  @WithDefault("100")
  int sampleAtOnce();

  /**
   * The same when most places are taken. Fewer let the sample of a busy collection go back further:
   * with these, about a quarter of an hour.
   */
  @WithDefault("4")
  int sampleAnew();

  /** How long the vector of a search text is kept. Longer has queries of quiet times, too. */
  @WithDefault("P30D")
  Duration sampleKept();

  /** How long runs and their trials are kept. Longer explains more of what was chosen and why. */
  @WithDefault("P180D")
  Duration journalKept();

  /**
   * Searches a second, over the last ten seconds of this replica, above which nothing is tried.
   * What is under way pauses.
   */
  @WithDefault("10")
  double maxSearchesPerSecond();

  /** Searches under way above which nothing is tried. */
  @WithDefault("1")
  int maxSearchesInFlight();

  /** How long a run pauses at most before it is given up. */
  @WithDefault("PT10M")
  Duration patience();

  /** After which a run is given up whose replica does not say that it goes on. */
  @WithDefault("PT1M")
  Duration lease();

  /** Between two looks for what is due. */
  @WithDefault("PT10S")
  Duration look();

  /**
   * Between two looks at which effort searches have. Shorter follows another replica's promotion,
   * or fall, sooner; each is one short query.
   */
  @WithDefault("PT2S")
  Duration follow();

  /** Trials in a page of the journal. */
  @WithDefault("100")
  int maxPage();
}
