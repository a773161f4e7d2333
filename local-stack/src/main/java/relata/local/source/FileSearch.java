package relata.local.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import relata.local.source.FoundFiles.LeftOut;

/** Goes through a folder; what begins with a dot is passed over without a word. */
final class FileSearch extends SimpleFileVisitor<Path> {
  private final Path root;
  private final Function<Path, Optional<String>> refusal;
  private final List<Path> files = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  /**
   * @param refusal why a file's kind is not read; empty if it is
   */
  private FileSearch(Path root, Function<Path, Optional<String>> refusal) {
    this.root = root;
    this.refusal = refusal;
  }

  static FoundFiles in(Path root, Function<Path, Optional<String>> refusal) throws IOException {
    FileSearch search = new FileSearch(root, refusal);
    Files.walkFileTree(root, search);
    search.files.sort(Comparator.naturalOrder());
    search.leftOut.sort(Comparator.comparing(LeftOut::name));
    return new FoundFiles(search.files, search.leftOut);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    return hidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (!hidden(file)) {
      Optional<String> reason = whyNot(file);
      reason.ifPresentOrElse(words -> leaveOut(file, words), () -> files.add(file));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failed) {
    if (!hidden(file)) {
      leaveOut(file, "cannot be read");
    }
    return FileVisitResult.CONTINUE;
  }

  private Optional<String> whyNot(Path file) {
    if (!Files.exists(file)) {
      return Optional.of("a link to nothing");
    }
    if (Files.isDirectory(file)) {
      return Optional.of("a link to a folder: name that folder itself");
    }
    if (!Files.isRegularFile(file)) {
      return Optional.of("no regular file");
    }
    return refusal
        .apply(file)
        .or(() -> Files.isReadable(file) ? Optional.empty() : Optional.of("cannot be read"));
  }

  private void leaveOut(Path file, String reason) {
    Path relative = root.relativize(file);
    leftOut.add(new LeftOut(relative.toString().isEmpty() ? "." : relative.toString(), reason));
  }

  /** The folder that was named may begin with a dot. */
  private boolean hidden(Path file) {
    return !file.equals(root) && file.getFileName().toString().startsWith(".");
  }
}
