package relata.local.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModelServerProcessIT {

  private static final String SECRET = "zanzibar";

  @Test
  void saysItsUrlServesAndEndsInOrderWhenTerminated() throws Exception {
    Process process = start("--port", "0", "--threads", "1");
    try (BufferedReader out = process.inputReader()) {
      String listening = "";
      while (!listening.startsWith("event=listening url=")) {
        listening = out.readLine();
      }
      try (Api api = new Api(URI.create(listening.substring("event=listening url=".length())))) {
        String body = "{'model':'all-minilm','input':'" + SECRET + "'}";
        assertEquals(200, api.post("/api/embed", body).status());
        assertEquals(404, api.post("/api/show", "{'model':'" + SECRET + "'}").status());
        assertEquals(404, api.get("/" + SECRET).status());
      }
      // Process.destroy would close the output that is still to be read.
      process.toHandle().destroy();
      String log = out.lines().collect(Collectors.joining("\n"));

      assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it did not end");
      assertTrue(log.contains("event=load model=all-minilm:latest ms="), log);
      assertTrue(log.contains("path=/api/embed status=200 model=all-minilm:latest inputs=1"), log);
      assertTrue(log.contains("event=stopping"), log);
      assertTrue(log.contains("event=unload model=all-minilm:latest"), log);
      assertFalse(log.contains(SECRET), log);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void portThatIsTakenEndsItWithAReason() throws Exception {
    try (ModelServer first = ModelServer.start(ModelServerConfig.defaults())) {
      Process process = start("--port", Integer.toString(first.url().getPort()));
      try (BufferedReader errors = process.errorReader()) {
        String said = errors.lines().collect(Collectors.joining("\n"));

        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it did not end");
        assertEquals(1, process.exitValue());
        assertTrue(said.contains("Cannot listen on 127.0.0.1:" + first.url().getPort()), said);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static Process start(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ModelServer.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }
}
