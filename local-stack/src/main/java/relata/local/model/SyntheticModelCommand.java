package relata.local.model;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The synthetic server as a process of its own. */
@Command(
    name = "synthetic-model-server",
    mixinStandardHelpOptions = true,
    description = "Answers Ollama's HTTP API without a model, as fast or slow as it is told.")
final class SyntheticModelCommand implements Callable<Integer> {

  @Option(names = "--port", description = "Port to listen on, 0 for a free one (default: 11434).")
  private int port = 11_434;

  @Option(names = "--dimension", description = "Components of a vector (default: 768).")
  private int dimension = 768;

  @Option(names = "--latency-ms", description = "How long a call takes (default: 0).")
  private long latencyMillis;

  @Option(names = "--concurrency", description = "Calls dealt with at once (default: any number).")
  private int concurrency = Integer.MAX_VALUE;

  @Option(
      names = "--when-full",
      description = "What a call beyond those meets: QUEUE, or REFUSE with 429 (default: QUEUE).")
  private SyntheticBehaviour.WhenFull whenFull = SyntheticBehaviour.WhenFull.QUEUE;

  @Option(
      names = "--poison",
      paramLabel = "MARKER",
      description = "A call with a text that has this in it is refused with 400 (default: none).")
  private String poison = "";

  @Option(
      names = "--topics",
      description = "How many things texts are about; 0: no two are alike (default: 0).")
  private int topics;

  @Override
  public Integer call() throws Exception {
    SyntheticBehaviour behaviour =
        new SyntheticBehaviour(
            dimension, Duration.ofMillis(latencyMillis), concurrency, whenFull, poison, topics);
    return ServerProcess.run(
        "port " + port,
        () -> {
          SyntheticModelServer server =
              SyntheticModelServer.start(port, behaviour, SyntheticModelCommand::sayUnlessRequest);
          return new ServerProcess.Running(server.url(), server::close);
        });
  }

  /** A line for each of thousands of calls a second would be work of its own. */
  private static void sayUnlessRequest(String line) {
    if (!line.startsWith("event=request")) {
      System.out.println(line);
    }
  }
}
