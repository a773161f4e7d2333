package relata.local.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
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

  Router(Map<String, Route> routes, Admission admission, JsonBodies bodies, Consumer<String> log) {
    this.routes = Map.copyOf(routes);
    this.admission = admission;
    this.bodies = bodies;
    this.log = log;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    RequestFacts facts = new RequestFacts();
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    Route route = routes.get(path);
    int status = 0;
    try (exchange) {
      // The place is held until the answer is written: reading bodies and writing vectors take
      // memory as much as computing does.
      try (Admission.Place place = place(method)) {
        Reply reply = reply(exchange, Optional.ofNullable(route), place, facts);
        status = reply.status();
        bodies.write(exchange, reply);
      }
    } catch (IOException e) {
      facts.count("disconnected", 1);
    } finally {
      log.accept(facts.line(known(method), route == null ? "unknown" : path, status));
    }
  }

  /** Only what has a body needs a place; a look at the server's state is always answered. */
  private Admission.Place place(String method) {
    return method.equals("POST") ? admission.tryEnter() : Admission.Place.notNeeded();
  }

  private Reply reply(
      HttpExchange exchange, Optional<Route> route, Admission.Place place, RequestFacts facts)
      throws IOException {
    String method = exchange.getRequestMethod();
    if (route.isEmpty()) {
      return new Reply.Text(404, "404 page not found");
    }
    Endpoint endpoint = route.get().methods().get(method);
    if (endpoint == null) {
      exchange.getResponseHeaders().set("Allow", allowed(route.get()));
      return new Reply.Text(405, "405 method not allowed");
    }
    try {
      if (!place.taken()) {
        bodies.discard(exchange);
        throw Refusal.busy();
      }
      ObjectNode body =
          method.equals("POST") ? bodies.read(exchange) : JsonNodeFactory.instance.objectNode();
      return endpoint.answer(body, facts);
    } catch (Refusal refusal) {
      return Reply.error(refusal.status(), refusal.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.error(503, "server is shutting down");
    } catch (RuntimeException e) {
      log.accept("event=failure kind=" + e.getClass().getName());
      return Reply.error(500, "internal error: " + e.getClass().getSimpleName());
    }
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
