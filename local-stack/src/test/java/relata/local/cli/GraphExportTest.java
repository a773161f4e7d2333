package relata.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphExportTest {
  private static final String GRAPH = "{\"nodes\":[]}";

  @TempDir Path folder;
  private final StringWriter err = new StringWriter();
  private HttpServer api;

  /** One that answers with a whole graph, or with less of it than it said it would. */
  @BeforeEach
  void anApi() throws IOException {
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext(
        "/v1/collections/notes/graph/export",
        exchange -> {
          boolean isWhole = exchange.getRequestURI().getQuery().equals("format=graphml");
          exchange.sendResponseHeaders(200, GRAPH.length() + (isWhole ? 0 : 1));
          exchange.getResponseBody().write(GRAPH.getBytes(UTF_8));
          exchange.getResponseBody().flush();
          exchange.close();
        });
    api.start();
  }

  @AfterEach
  void stop() {
    api.stop(0);
  }

  @Test
  void replacesTheFileThatIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("graph.xml"), "old");
    assertEquals(0, export(file, "graphml"), err::toString);
    assertEquals(GRAPH, Files.readString(file));
    assertNothingElse();
  }

  @Test
  void leavesTheFileAsItWasWhenItBreaksOff() throws IOException {
    Path file = Files.writeString(folder.resolve("graph.xml"), "old");
    assertEquals(1, export(file, "json"));
    assertTrue(err.toString().contains("not whole"), err.toString());
    assertEquals("old", Files.readString(file));
    assertNothingElse();
  }

  private void assertNothingElse() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  private int export(Path file, String format) {
    return Relata.commandLine(Map.of())
        .setErr(new PrintWriter(err, true))
        .execute(
            "graph",
            "export",
            "--collection",
            "notes",
            "--format",
            format,
            "--output",
            file.toString(),
            "--url",
            "http://127.0.0.1:" + api.getAddress().getPort());
  }
}
