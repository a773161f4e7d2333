package relata.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import relata.local.process.DirectoryTree;

/** The logs of a stack's parts: those of this run and of the one before, so that they end. */
final class Logs {
  private Logs() {}

  static void keepOneOlder(Path folder) {
    DirectoryTree.create(folder);
    try (var files = Files.list(folder)) {
      List<Path> logs = files.filter(file -> file.toString().endsWith(".log")).toList();
      for (Path log : logs) {
        Files.move(
            log,
            log.resolveSibling(log.getFileName() + ".previous"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException failed) {
      throw new StackException("Cannot put the older logs aside: " + failed.getMessage(), failed);
    }
  }
}
