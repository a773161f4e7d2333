package relata.graph.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypedTextTest {
  @Test
  void quotesMakeAPhraseAndAnAsteriskAPrefix() {
    assertEquals(
        new TypedText("red or", List.of("green apples", "pears"), List.of("plu")),
        TypedText.of("red \"green apples\" or plu* \"pears\""));
  }

  @Test
  void whatIsNotClosedOrStandsElsewhereIsPlain() {
    assertEquals(
        new TypedText("say \"so * a* f(x)* *", List.of(), List.of()),
        TypedText.of("say \"so * a* f(x)* *"));
    assertEquals(new TypedText("", List.of(), List.of()), TypedText.of("\"\" \" \""));
  }
}
