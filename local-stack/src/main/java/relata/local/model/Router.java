package relata.local.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds the endpoint of a request and turns what it answers, refuses or fails with into HTTP. HEAD
 * is answered as GET without a body.
 */
final class Router implements HttpHandler {

  /** A path's endpoints by method. */
  record Route(Map<String, Endpoint> methods) {

    Route {
      methods = Map.copyOf(methods);
    }

    static Route get(Endpoint endpoint) {
      return new Route(Map.of("GET", endpoint, "HEAD", endpoint));
    }

    static Route post(Endpoint endpoint) {
      return new Route(Map.of("POST", endpoint));
    }
  }

  private final Map<String, Route> routes;
  private final Admission admission;
  private final JsonBodies bodies;
  private final Consumer<String> log;
  private final InFlight inFlight = new InFlight();

  Router(Map<String, Route> routes, Admission admission, JsonBodies bodies, Consumer<String> log) {
    this.routes = Map.copyOf(routes);
    this.admission = admission;
    this.bodies = bodies;
    this.log = log;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (!inFlight.enter()) {
      exchange.close();
      return;
    }
    try {
      logged(exchange);
    } finally {
      inFlight.leave();
    }
  }

  /** Takes no more requests and waits for the answers under way, no longer than {@code most}. */
  void drain(Duration most) {
    inFlight.drain(most);
  }

  private void logged(HttpExchange exchange) {
    RequestFacts facts = new RequestFacts();
    Route route = routes.get(exchange.getRequestURI().getPath());
    int status = 0;
    try (exchange) {
      status = answer(exchange, Optional.ofNullable(route), facts);
    } catch (IOException e) {
      facts.count("disconnected", 1);
    } finally {
      String path = route == null ? "unknown" : exchange.getRequestURI().getPath();
      log.accept(facts.line(known(exchange.getRequestMethod()), path, status));
    }
  }

  private int answer(HttpExchange exchange, Optional<Route> route, RequestFacts facts)
      throws IOException {
    if (route.isEmpty()) {
      return write(exchange, new Reply.Text(404, "404 page not found"));
    }
    String method = exchange.getRequestMethod();
    Endpoint endpoint = route.get().methods().get(method);
    if (endpoint == null) {
      exchange.getResponseHeaders().set("Allow", allowed(route.get()));
      return write(exchange, new Reply.Text(405, "405 method not allowed"));
    }
    // The place is held until the answer is written: reading bodies and writing vectors take
    // memory as much as computing does.
    try (Admission.Place place = place(exchange)) {
      if (!place.taken()) {
        throw Refusal.busy();
      }
      ObjectNode body =
          method.equals("POST") ? bodies.read(exchange) : JsonNodeFactory.instance.objectNode();
      return write(exchange, endpoint.answer(body, facts));
    } catch (Refusal refusal) {
      bodies.discard(exchange);
      return write(exchange, Reply.error(refusal.status(), refusal.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return write(exchange, Reply.error(503, "server is shutting down"));
    } catch (RuntimeException e) {
      log.accept("event=failure kind=" + e.getClass().getName() + " at=" + origin(e));
      return write(exchange, Reply.error(500, "internal error"));
    }
  }

  private int write(HttpExchange exchange, Reply reply) throws IOException {
    bodies.write(exchange, reply);
    return reply.status();
  }

  /** Only what has a body needs a place; a look at the server's state is always answered. */
  private Admission.Place place(HttpExchange exchange) throws Refusal {
    return exchange.getRequestMethod().equals("POST")
        ? admission.tryEnter(bodies.announced(exchange))
        : Admission.Place.notNeeded();
  }

  /** Where it was thrown; the virtual machine leaves that out of an exception it throws often. */
  private static String origin(RuntimeException e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length == 0 ? "unknown" : trace[0].toString();
  }

  private static String allowed(Route route) {
    return String.join(", ", route.methods().keySet().stream().sorted().toList());
  }

  private static String known(String method) {
    return switch (method) {
      case "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS" -> method;
      default -> "other";
    };
  }
}
