package relata.local.source;

import java.nio.file.Path;
import java.util.List;

/**
 * What a path has to read.
 *
 * @param files those that are read, in the order of their names
 * @param leftOut those that are not, in the order of their names
 */
public record FoundFiles(List<Path> files, List<LeftOut> leftOut) {
  public FoundFiles {
    files = List.copyOf(files);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * A file or folder that is not read.
   *
   * @param name its path inside the folder that was named
   * @param reason for a person: why, or what to do
   */
  public record LeftOut(String name, String reason) {}
}
