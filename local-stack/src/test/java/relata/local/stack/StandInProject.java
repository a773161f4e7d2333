package relata.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A project folder whose services are {@link StandInService}. */
final class StandInProject {
  private StandInProject() {}

  static ProjectLayout in(Path root) throws IOException {
    for (String module : List.of("api-service", "embedding-worker", "graph-service")) {
      Path application = root.resolve(module).resolve("target/quarkus-app");
      Files.createDirectories(application);
      writeJar(application.resolve("quarkus-run.jar"));
    }
    return new ProjectLayout(root);
  }

  private static void writeJar(Path file) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInService.class.getName());
    String entry = StandInService.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
        InputStream code = StandInService.class.getClassLoader().getResourceAsStream(entry)) {
      jar.putNextEntry(new JarEntry(entry));
      code.transferTo(jar);
    }
  }
}
