package relata.tls;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How soon replaced certificates are used. */
@ConfigMapping(prefix = "relata.tls")
interface TlsConfig {
  /**
   * How often the files are read. Only what is another than before changes anything, so often costs
   * no more than reading them; the kubelet needs about a minute itself.
   */
  @WithDefault("1m")
  Duration reloadPeriod();
}
