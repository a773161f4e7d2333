package relata.system;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project's folders are, whichever of them a test is started in. */
public final class Project {
  private Project() {}

  /**
   * The folder that holds the whole project.
   *
   * @throws IllegalStateException if the tests run outside of it
   */
  public static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("mvnw"))) {
        return folder;
      }
    }
    throw new IllegalStateException("No folder above " + start + " has an mvnw: run from a clone.");
  }

  /** The folder of one module. */
  public static Path module(String name) {
    return root().resolve(name);
  }
}
