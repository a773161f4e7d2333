package relata.api.openapi;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import relata.api.generation.GenerationState;
import relata.api.recipe.BlockKind;
import relata.api.recipe.IndexKind;
import relata.api.recipe.Language;
import relata.api.recipe.SplitMode;
import relata.api.recipe.SwitchMode;
import relata.api.status.DocumentState;

/** Where the description of the API has which enumeration, by the code that knows its values. */
final class Enumerations {
  private Enumerations() {}

  static Map<String, Set<String>> ofTheCode() {
    Set<String> documentStates = names(DocumentState.values());
    Set<String> kinds = names(BlockKind.values());
    Set<String> generationStates =
        Stream.of(GenerationState.class.getPermittedSubclasses())
            .map(state -> state.getSimpleName().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    Map<String, Set<String>> enumerations = new LinkedHashMap<>();
    enumerations.put("Generation/properties/state", generationStates);
    enumerations.put("DocumentEntry/properties/state", documentStates);
    enumerations.put("Features/properties/state", documentStates);
    enumerations.put("Chunk/properties/kind", kinds);
    enumerations.put("FoundChunk/properties/kind", kinds);
    enumerations.put("ProvidedChunk/properties/kind", kinds);
    String recipe = "Recipe/properties/";
    enumerations.put(recipe + "split/properties/skip/items", kinds);
    enumerations.put(recipe + "split/properties/mode", names(SplitMode.values()));
    enumerations.put(recipe + "index", names(IndexKind.values()));
    enumerations.put(recipe + "language", names(Language.values()));
    enumerations.put(recipe + "gate/properties/switch", names(SwitchMode.values()));
    return enumerations;
  }

  private static Set<String> names(Enum<?>[] values) {
    return Arrays.stream(values)
        .map(value -> value.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }
}
