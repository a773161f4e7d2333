package relata.worker.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import relata.worker.model.Embedding;
import relata.worker.model.InputAnswer;
import relata.worker.model.ModelAnswer;
import relata.worker.model.ModelFailure;

class BisectionTest {
  private final List<List<String>> calls = new ArrayList<>();

  @Test
  void theTextToBlameStandsAloneAndItsNeighboursHaveVectors() {
    List<String> texts = IntStream.range(0, 64).mapToObj(i -> "text " + i).toList();
    List<InputAnswer> answers = embed(texts, Set.of("text 41"));
    for (int i = 0; i < 64; i++) {
      Class<?> expected = i == 41 ? ModelFailure.Refused.class : Embedding.class;
      assertInstanceOf(expected, answers.get(i), "text " + i);
    }
    assertEquals(
        List.of(64, 32, 16, 8, 4, 2, 1, 1, 2, 4, 16),
        calls.stream().map(List::size).toList(),
        "what is left of a refused call when its first half is fine is refused, too");
  }

  @Test
  void severalTextsToBlameAreAllFound() {
    List<String> texts = IntStream.range(0, 10).mapToObj(i -> "text " + i).toList();
    List<InputAnswer> answers = embed(texts, Set.of("text 0", "text 1", "text 9"));
    assertEquals(
        List.of(0, 1, 9),
        IntStream.range(0, 10)
            .filter(i -> answers.get(i) instanceof ModelFailure.Refused)
            .boxed()
            .toList());
  }

  @Test
  void vectorsKeepTheOrderOfTheirTexts() {
    List<InputAnswer> answers = embed(List.of("a", "bad", "ccc"), Set.of("bad"));
    assertEquals(1, ((Embedding) answers.get(0)).dimension());
    assertEquals(3, ((Embedding) answers.get(2)).dimension());
  }

  @Test
  void aServerWithoutRoomIsNotAskedInHalves() {
    var busy = new ModelFailure.Busy("http_503", "later", Optional.empty());
    List<InputAnswer> answers =
        Bisection.embed(
            List.of("a", "b", "c"),
            texts -> {
              calls.add(texts);
              return busy;
            });
    assertEquals(List.of(busy, busy, busy), answers);
    assertEquals(1, calls.size());
  }

  @Test
  void aFailureOfOneHalfIsNotTheOthers() {
    List<InputAnswer> answers =
        Bisection.embed(
            List.of("good", "bad"),
            texts ->
                texts.size() > 1
                    ? new ModelFailure.Refused("http_400", "no", false)
                    : texts.contains("bad")
                        ? new ModelFailure.Transient("timeout", "late")
                        : vectors(texts));
    assertInstanceOf(Embedding.class, answers.get(0));
    assertInstanceOf(ModelFailure.Transient.class, answers.get(1));
  }

  private List<InputAnswer> embed(List<String> texts, Set<String> refused) {
    return Bisection.embed(
        texts,
        some -> {
          calls.add(List.copyOf(some));
          return some.stream().anyMatch(refused::contains)
              ? new ModelFailure.Refused("http_400", "no", false)
              : vectors(some);
        });
  }

  /** Of as many components as the text has letters. */
  private static ModelAnswer vectors(List<String> texts) {
    return new ModelAnswer.Vectors(
        texts.stream().map(text -> Embedding.of(new float[text.length()])).toList());
  }
}
