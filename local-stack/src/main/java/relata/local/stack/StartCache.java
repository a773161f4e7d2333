package relata.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a JVM has loaded and linked in an earlier start of the same program, in a file beside its
 * jars: with it a service starts in half the time (docs/adr/0033). The file's name holds a digest
 * of all that it depends on, so that one of another JDK or another build is not even looked at.
 */
final class StartCache {
  private static final String ENDING = ".aot";

  /** How well code is compiled. */
  private static final String LEVEL = "-XX:TieredStopAtLevel=";

  /** What may be another at each start. */
  private static final List<String> ANY_VALUE = List.of("-Xmx", LEVEL);

  private final List<String> command;
  private final Path folder;
  private final Path file;

  private StartCache(List<String> command, Path folder, Path file) {
    this.command = command;
    this.folder = folder;
    this.file = file;
  }

  /**
   * The one of a program as it is built now.
   *
   * @param command the JVM, its options, and the jar that it runs
   * @param jar the jar, which lies in a folder with all that it runs with
   */
  static StartCache of(List<String> command, Path jar) {
    Path application = jar.getParent();
    Path folder = application.resolveSibling("start-cache");
    return new StartCache(
        List.copyOf(command), folder, folder.resolve(digest(command, application) + ENDING));
  }

  boolean isThere() {
    return Files.exists(file);
  }

  /** The command, which starts from the cache if it is there. */
  List<String> command() {
    return isThere() ? with("-XX:AOTCache=" + file) : command;
  }

  /**
   * A command that writes a cache, to be kept by {@link #keep}, when its JVM ends. It compiles as
   * JVMs do by themselves: what it learns about methods on the way is in the cache, too.
   */
  List<String> trainingCommand(Path written) {
    return with("-XX:AOTCacheOutput=" + written).stream()
        .filter(argument -> !argument.startsWith(LEVEL))
        .toList();
  }

  /** Where a cache is written to before it is whole; a name that no other process takes. */
  Path unfinished() {
    try {
      Files.createDirectories(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return folder.resolve("unfinished-" + ProcessHandle.current().pid());
  }

  /** Makes a written cache the one that starts are made from, in the place of all others. */
  void keep(Path written) {
    try {
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
      try (Stream<Path> others = Files.list(folder)) {
        for (Path other : others.filter(each -> each.toString().endsWith(ENDING)).toList()) {
          if (!other.equals(file)) {
            Files.deleteIfExists(other);
          }
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Deletes what was not kept, and what a JVM that was ended while it wrote has left beside it. */
  void discard(Path written) {
    try {
      Files.deleteIfExists(written);
      Files.deleteIfExists(written.resolveSibling(written.getFileName() + ".config"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private List<String> with(String option) {
    List<String> changed = new ArrayList<>(command);
    changed.add(1, option);
    return List.copyOf(changed);
  }

  private static String digest(List<String> command, Path application) {
    StringBuilder text = new StringBuilder(Runtime.version().toString());
    command.stream()
        .filter(argument -> ANY_VALUE.stream().noneMatch(argument::startsWith))
        .forEach(argument -> text.append('\n').append(argument));
    try (Stream<Path> files = Files.walk(application)) {
      for (Path each : files.sorted().toList()) {
        BasicFileAttributes attributes = Files.readAttributes(each, BasicFileAttributes.class);
        if (attributes.isRegularFile()) {
          text.append('\n').append(each).append(' ').append(attributes.size());
          text.append(' ').append(attributes.lastModifiedTime().toMillis());
        }
      }
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
