package relata.graph.sweep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The comparison that makes good whatever events missed. */
@ConfigMapping(prefix = "relata.sweep")
public interface SweepConfig {
  /**
   * Between two sweeps. Shorter bounds how long a lost event is felt; each costs one pass over the
   * documents' versions of every generation that is served.
   */
  @WithDefault("PT60S")
  Duration interval();

  /**
   * How soon a sweep is tried again of which a part failed, if the interval is longer: events that
   * were given up are left to it. Shorter makes good sooner what an outage left; a generation that
   * always fails has all others compared as often.
   */
  @WithDefault("PT30S")
  Duration retry();

  /**
   * Rows of features and of the graph that one look at a generation compares. More make a sweep
   * that finds nothing shorter, and each look of one that finds much longer.
   */
  @WithDefault("5000")
  int pageRows();

  /**
   * Between two looks for generations that are built from now on, because they were resumed or
   * returned to. Shorter links sooner what they have already; each costs one short query.
   */
  @WithDefault("PT2S")
  Duration arrivals();

  /**
   * Between two comparisons of a shared index with what is stored, by each replica. Shorter finds
   * sooner what the index lost by itself; each reads two numbers a document from both. One that is
   * missing as a whole is noticed by the next sweep.
   */
  @WithDefault("PT5M")
  Duration compareShared();
}
