package relata.worker.embed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How texts are sent to the model. */
@ConfigMapping(prefix = "relata.embed")
public interface EmbedConfig {
  /**
   * Texts in one call. More of them use a model server better; fewer keep a call short, its answer
   * small (64 vectors of 768 components are 600 kB of JSON) and a poisoned batch quick to search.
   */
  @WithDefault("64")
  int maxInputs();

  /**
   * Texts in one call, however slow the model is: each call costs something of its own. {@link
   * #maxInputs} goes before it.
   */
  @WithDefault("8")
  int minInputs();

  /**
   * How long a call should take; the measured time per token decides how many texts that is, within
   * the bounds. Shorter lets searches and other collections in sooner, longer uses a model server
   * better that has a cost for each call.
   */
  @WithDefault("1s")
  Duration targetCall();

  /** Fingerprints looked up in one query; a row with a vector of 768 components has 3 kB. */
  @WithDefault("256")
  int lookupSize();

  /** How often a chunk that the model finds too long is cut in two before the document is dead. */
  @WithDefault("6")
  int maxHalvings();

  /**
   * Calls in a row that fail before the rest of a batch is left for later: a server that lets every
   * call run into its time limit must not hold a batch for as many limits as it has calls.
   */
  @WithDefault("2")
  int maxFailedCalls();

  /**
   * How long documents wait for a model that the server does not have. Shorter is back sooner once
   * it is pulled, longer spares a call for each of the documents that wait.
   */
  @WithDefault("30s")
  Duration missingWait();

  /** How long to wait for a text that another batch is embedding at this moment. */
  @WithDefault("5m")
  Duration sharedWait();
}
