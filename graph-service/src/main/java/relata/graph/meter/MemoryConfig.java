package relata.graph.meter;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What the process may take of the machine's memory. */
@ConfigMapping(prefix = "relata.memory")
interface MemoryConfig {
  /** For the meters. None: what the container may take, or all that the machine has. */
  Optional<MemorySize> limit();
}
