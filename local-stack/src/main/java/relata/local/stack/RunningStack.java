package relata.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A stack that runs, as another command finds it.
 *
 * @param url where its API answers
 * @param servers the environment that leads a further worker to the same servers; no passwords
 */
public record RunningStack(Path dataDirectory, String url, Map<String, String> servers) {
  public RunningStack {
    servers = Map.copyOf(servers);
  }

  /** The one on this data folder, if it runs. */
  public static Optional<RunningStack> on(Path dataDirectory) {
    return StackFile.find(dataDirectory.toAbsolutePath().normalize());
  }

  /** Those whose data folders are in the folder, or that a pointer in it leads to. */
  public static List<RunningStack> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> data = Files.list(folder)) {
      return data.sorted()
          .map(entry -> StackPointer.read(entry).orElse(entry))
          .map(RunningStack::on)
          .flatMap(Optional::stream)
          .distinct()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
