package relata.worker.ollama;

import jakarta.inject.Singleton;
import relata.worker.catalog.KeepAlive;
import relata.worker.profile.Profiles;

/** How long models stay loaded after a call. */
@Singleton
class OllamaKeepAlive {
  private final OllamaConfig config;
  private final Profiles profiles;

  OllamaKeepAlive(OllamaConfig config, Profiles profiles) {
    this.config = config;
    this.profiles = profiles;
  }

  /** In the server's words. */
  String of(String model) {
    return profiles.keeps(model) ? KeepAlive.PINNED.value() : config.keepAlive();
  }
}
