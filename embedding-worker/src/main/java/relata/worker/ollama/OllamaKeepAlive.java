package relata.worker.ollama;

import jakarta.inject.Singleton;
import relata.worker.catalog.KeepAlive;
import relata.worker.profile.ProfileGuard;

/** How long models stay loaded after a call. */
@Singleton
class OllamaKeepAlive {
  private final OllamaConfig config;
  private final ProfileGuard guard;

  OllamaKeepAlive(OllamaConfig config, ProfileGuard guard) {
    this.config = config;
    this.guard = guard;
  }

  /** In the server's words. */
  String of(String model) {
    return guard.keeps(model) ? KeepAlive.PINNED.value() : config.keepAlive();
  }
}
