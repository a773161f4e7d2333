package relata.local.tool;

import java.nio.file.Path;

/**
 * A program that is no part of this project and that it cannot bring along as a Java library.
 *
 * @param program its name on the PATH
 * @param debianPackage the package that has it on Debian and Ubuntu
 * @param variable the environment variable that names one elsewhere
 * @param elsewhere how to get it on other systems, as part of a sentence
 */
public record Tool(String program, String debianPackage, String variable, String elsewhere) {
  /**
   * Finds the program on this machine, or installs its package where that needs no password, one
   * after the other if several processes lack some.
   *
   * @throws IllegalStateException saying what to install
   */
  public Path find() {
    return ToolFinder.here(this).locate();
  }
}
