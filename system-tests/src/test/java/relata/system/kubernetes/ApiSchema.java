package relata.system.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Optional;

/**
 * What the API of Kubernetes takes: the schemas of its own description, as classes that were
 * generated from it. A field that there is none of, one that is missing and one of the wrong type
 * are refused, as {@code kubectl apply --validate=strict} would.
 */
final class ApiSchema {
  private static final String MODELS = "io.kubernetes.client.openapi.models.";

  /** By API version: what the generated class names begin with. */
  private static final Map<String, String> VERSIONS =
      Map.of(
          "v1", "V1",
          "apps/v1", "V1",
          "batch/v1", "V1",
          "policy/v1", "V1",
          "networking.k8s.io/v1", "V1",
          "autoscaling/v2", "V2");

  private ApiSchema() {}

  /** Whether it is of Kubernetes itself; a custom resource has its schema in its own project. */
  static boolean knows(JsonNode resource) {
    return VERSIONS.containsKey(resource.path("apiVersion").asText());
  }

  /** What is wrong with a resource; empty if a cluster would take it. */
  static Optional<String> refusal(JsonNode resource) {
    try {
      Class<?> model =
          Class.forName(
              MODELS
                  + VERSIONS.get(resource.path("apiVersion").asText())
                  + resource.path("kind").asText());
      JsonElement json = JsonParser.parseString(resource.toString());
      model.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
      var unused = JSON.getGson().fromJson(json, model);
      return Optional.empty();
    } catch (ClassNotFoundException unknown) {
      return Optional.of("no such kind: " + resource.path("kind").asText());
    } catch (InvocationTargetException refused) {
      return Optional.of(refused.getCause().getMessage());
    } catch (JsonParseException | NumberFormatException wrongType) {
      return Optional.of(wrongType.getMessage());
    } catch (NoSuchMethodException | IllegalAccessException changed) {
      throw new IllegalStateException("The generated classes are others", changed);
    }
  }
}
