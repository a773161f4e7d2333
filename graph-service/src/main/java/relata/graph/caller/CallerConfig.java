package relata.graph.caller;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Who may ask this service. */
@ConfigMapping(prefix = "relata.caller")
interface CallerConfig {
  /**
   * A DNS name in the certificate of the only one who may; empty: whoever reaches the port. It is
   * one name, not a list: every further one would read the vectors of all tenants.
   */
  Optional<String> name();
}
