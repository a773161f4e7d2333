package relata.worker.support;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/** Tells the worker where {@link FakeOllama} will be, and sets times that tests can wait for. */
public final class OllamaPort implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(socket.getLocalPort());
      return Map.ofEntries(
          Map.entry("relata.test.ollama-port", port),
          Map.entry("OLLAMA_URL", "http://127.0.0.1:" + port),
          Map.entry("quarkus.rest-client.ollama.connect-timeout", "10000"),
          Map.entry("quarkus.rest-client.ollama.read-timeout", "20000"),
          Map.entry("relata.query.wait-limit", "15s"),
          Map.entry("quarkus.http.test-port", "0"),
          // No test passes because the sweep did what an event should have done.
          Map.entry("relata.sweep.every", "1h"),
          Map.entry("relata.claim.backoff", "100ms"),
          Map.entry("relata.claim.longest-backoff", "150ms"),
          // Short, so that tests can fill it.
          Map.entry("relata.schedule.queue", "100"),
          Map.entry("relata.embed.missing-wait", "100ms"),
          // A model that a test exchanges is noticed at once.
          Map.entry("relata.models.list-max-age", "0s"),
          Map.entry("relata.models.list-limit", "8s"),
          Map.entry("relata.busy.first", "100ms"),
          Map.entry("relata.gate.patience", "1s"),
          // Nobody asks the model but who is told to.
          Map.entry("relata.canary.every", "1h"),
          Map.entry("relata.canary.limit", "8s"),
          Map.entry("relata.backfill.pause", "100ms"),
          Map.entry("relata.backfill.standstill", "4s"),
          Map.entry("relata.aliases.embedder", "embed-pinned"),
          Map.entry("relata.models.pinned", "embedder,embed-for-canary"),
          Map.entry("relata.profiles.writing.models", "writer"),
          Map.entry("relata.profiles.judging.models", "judge-of-answers"),
          Map.entry("relata.profile.refresh", "100ms"),
          Map.entry("relata.profile.call-limit", "20s"),
          Map.entry("relata.profile.lease", "4s"),
          Map.entry("relata.profile.refused-wait", "200ms"),
          Map.entry("relata.intake.pull-wait", "1s"),
          Map.entry("relata.intake.retry-delay", "100ms"));
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  @Override
  public void stop() {}
}
