package relata.local.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.junit.jupiter.api.Test;

class BackendsResourceIT {
  @Test
  void oneJvmHasOneSetOfServersWhateverLoadsTheClass() throws Exception {
    Map<String, String> first = new BackendsResource().start();
    assertEquals(first, new BackendsResource().start());
    try (URLClassLoader other =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      Class<?> again = other.loadClass(BackendsResource.class.getName());
      assertNotSame(BackendsResource.class, again);
      Object resource = again.getConstructor().newInstance();
      assertEquals(first, again.getMethod("start").invoke(resource));
    }
  }

  @Test
  void theConfigurationLeadsToTheServers() throws Exception {
    Map<String, String> configuration = new BackendsResource().start();
    assertTrue(configuration.get("RELATA_NATS_URL").startsWith("nats://127.0.0.1:"));
    try (var connection =
        DriverManager.getConnection(
            "jdbc:" + configuration.get("RELATA_DATABASE_URL"),
            "relata_worker",
            configuration.get("RELATA_DATABASE_PASSWORD"))) {
      assertTrue(connection.isValid(5));
    }
    assertEquals(
        configuration.get("RELATA_DATABASE_URL"), configuration.get("relata.test.postgres-url"));
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    StringTokenizer entries =
        new StringTokenizer(System.getProperty("java.class.path"), File.pathSeparator);
    while (entries.hasMoreTokens()) {
      urls.add(Path.of(entries.nextToken()).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
