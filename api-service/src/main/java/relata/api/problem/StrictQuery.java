package relata.api.problem;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses query parameters that the method does not declare, or that do not say one thing: who
 * writes {@code dryrun=true}, or {@code dryRun} alone, must not have a recipe changed instead.
 */
final class StrictQuery {
  /** Of each method once: there are as many as the API has operations. */
  private final Map<Method, SortedSet<String>> known = new ConcurrentHashMap<>();

  @ServerRequestFilter
  public void check(ResourceInfo resource, UriInfo address) {
    if (address.getQueryParameters().isEmpty()) {
      return;
    }
    SortedSet<String> declared =
        known.computeIfAbsent(resource.getResourceMethod(), StrictQuery::declared);
    List<FieldError> errors =
        address.getQueryParameters().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .flatMap(given -> error(given.getKey(), given.getValue(), declared).stream())
            .toList();
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).exception();
    }
  }

  private static Optional<FieldError> error(
      String name, List<String> values, SortedSet<String> declared) {
    if (!declared.contains(name)) {
      return Optional.of(new FieldError(name, "Unknown parameter; " + inWords(declared)));
    }
    if (values.size() > 1) {
      return Optional.of(new FieldError(name, "Is given more than once."));
    }
    return values.getFirst().isEmpty()
        ? Optional.of(new FieldError(name, "Has no value; give it one, or leave it out."))
        : Optional.empty();
  }

  private static SortedSet<String> declared(Method method) {
    return Arrays.stream(method.getParameters())
        .flatMap(StrictQuery::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> name(Parameter parameter) {
    return Optional.ofNullable(parameter.getAnnotation(QueryParam.class))
        .map(QueryParam::value)
        .stream();
  }

  private static String inWords(SortedSet<String> declared) {
    return declared.isEmpty()
        ? "there are none here."
        : "known are " + String.join(", ", declared) + ".";
  }
}
