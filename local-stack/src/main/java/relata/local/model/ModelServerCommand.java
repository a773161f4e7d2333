package relata.local.model;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The server as a process of its own, which ends in order on SIGTERM and SIGINT. */
@Command(
    name = "model-server",
    mixinStandardHelpOptions = true,
    description = "Serves embeddings and extractive summaries over Ollama's HTTP API.")
final class ModelServerCommand implements Callable<Integer> {

  private static final ModelServerConfig DEFAULTS = ModelServerConfig.defaults();

  @Option(names = "--host", description = "Address to listen on (default: 127.0.0.1).")
  private String host = DEFAULTS.host();

  @Option(names = "--port", description = "Port to listen on, 0 for a free one (default: 11434).")
  private int port = 11_434;

  @Option(
      names = "--threads",
      description = "Texts computed at the same time (default: one a core).")
  private int threads = DEFAULTS.computeThreads();

  @Option(
      names = "--max-pending",
      description = "Requests taken in at the same time; more are answered 503 (default: 64).")
  private int maxPending = DEFAULTS.maxPending();

  @Option(
      names = "--max-body-bytes",
      description = "Largest request body; a larger one is answered 413 (default: 8 MiB).")
  private int maxBodyBytes = DEFAULTS.maxBodyBytes();

  @Option(
      names = "--max-pending-bytes",
      description = "Bodies taken in at the same time; more are answered 503 (default: 16 MiB).")
  private int maxPendingBytes = DEFAULTS.maxPendingBytes();

  @Option(
      names = "--max-inputs",
      description = "Most texts in one embed request; more are answered 400 (default: 1024).")
  private int maxInputs = DEFAULTS.maxInputs();

  @Option(
      names = "--keep-alive-seconds",
      description = "How long an idle model stays loaded; negative is for ever (default: 300).")
  private long keepAliveSeconds = DEFAULTS.keepAlive().toSeconds();

  @Override
  public Integer call() throws Exception {
    Duration keepAlive =
        keepAliveSeconds < 0 ? KeepAlive.FOREVER : Duration.ofSeconds(keepAliveSeconds);
    return ServerProcess.run(
        host + ":" + port,
        () -> {
          ModelServer server =
              ModelServer.start(
                  new ModelServerConfig(
                      host,
                      port,
                      threads,
                      maxPending,
                      maxBodyBytes,
                      maxPendingBytes,
                      maxInputs,
                      keepAlive),
                  System.out::println);
          return new ServerProcess.Running(server.url(), server::close);
        });
  }
}
