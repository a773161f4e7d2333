package relata.local.stack;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A program in the place of a service: the services are built after this module. It answers like a
 * service that is ready, or misbehaves as the variable {@code STAND_IN} says.
 */
public final class StandInService {
  private StandInService() {}

  public static void main(String[] arguments) throws Exception {
    String behaviour = System.getenv().getOrDefault("STAND_IN", "ready");
    System.out.println("stand-in behaviour=" + behaviour);
    if (behaviour.equals("exit")) {
      System.out.println("cannot go on");
      System.exit(3);
    }
    int status = behaviour.equals("ready") ? 200 : 503;
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.getByName(System.getenv("QUARKUS_HTTP_HOST")),
                Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"))),
            0);
    server.createContext(
        "/q/health/ready",
        exchange -> {
          byte[] body = System.getenv("RELATA_DATABASE_URL").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.createContext(
        "/q/health/started",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }
}
