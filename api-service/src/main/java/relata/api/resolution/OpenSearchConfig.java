package relata.api.resolution;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Whether collections may be kept in OpenSearch. Only graph-service speaks to it. */
@ConfigMapping(prefix = "relata.opensearch")
public interface OpenSearchConfig {
  /** The same as graph-service has; none: recipes that ask for it are refused. */
  Optional<String> url();
}
