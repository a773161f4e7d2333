package relata.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of the API, and what is made of three pages of it. */
class SearchCommandTest {
  private static final int PAGES = 3;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer api;

  @BeforeEach
  void start() throws IOException {
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext("/v1/collections/notes/search", this::answer);
    api.start();
  }

  @AfterEach
  void stop() {
    api.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    String hit = "{\"id\":\"%d\",\"title\":\"T\",\"score\":1,\"chunk\":{\"text\":\"words\"}}";
    String next = asked.size() < PAGES ? "\"c" + asked.size() + "\"" : "null";
    byte[] body =
        "{\"hits\":[%s],\"next\":%s}".formatted(hit.formatted(asked.size()), next).getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private int run(String... arguments) {
    Map<String, String> environment =
        Map.of("RELATA_URL", "http://127.0.0.1:" + api.getAddress().getPort());
    return Relata.commandLine(environment)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void everyOptionIsAsked() {
    int code =
        run(
            ("search --collection notes --mode lexical --limit 5 --filter year>=2020 --filter lang=de"
                    + " --kind paragraph,list --weight lexical=2 --highlights 2 --diversity 0.3"
                    + " --rerank --explain red roses")
                .split(" ", -1));
    assertEquals(0, code, err.toString());
    assertEquals(
        List.of(
            "{\"mode\":\"lexical\",\"limit\":5,\"filter\":{\"metadata\":{\"year\":{\"gte\":2020},"
                + "\"lang\":[\"de\"]},\"kinds\":[\"paragraph\",\"list\"]},"
                + "\"weights\":{\"lexical\":2.0},\"highlights\":2,\"diversity\":0.3,"
                + "\"rerank\":true,\"explain\":true,\"text\":\"red roses\"}"),
        asked);
  }

  @Test
  void moreLikeADocumentNeedsNoWords() {
    assertEquals(0, run("search", "--collection", "notes", "--like", "a.md"), err.toString());
    assertTrue(asked.getFirst().endsWith("\"like\":{\"document\":\"a.md\"}}"), asked::toString);
  }

  @Test
  void aPageIsReachedThroughThoseBefore() {
    assertEquals(0, run("search", "--collection", "notes", "--page", "2", "x"), err.toString());
    assertEquals(2, asked.size());
    assertTrue(asked.get(1).contains("\"after\":\"c1\""), asked::toString);
    assertTrue(out.toString().contains("[2]"), out.toString());
    assertTrue(out.toString().contains("(more with --page 3)"), out.toString());
  }

  @Test
  void aPageBehindTheLastHasNothing() {
    assertEquals(0, run("search", "--collection", "notes", "--page", "9", "x"), err.toString());
    assertEquals(PAGES, asked.size());
    assertTrue(out.toString().contains("(nothing found)"), out.toString());
  }

  @Test
  void deepPagesNeedADeepRanking() {
    run("search", "--collection", "notes", "--page", "5", "--limit", "100", "x");
    assertTrue(asked.getFirst().contains("\"depth\":500"), asked::toString);
  }
}
