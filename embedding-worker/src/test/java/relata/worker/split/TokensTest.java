package relata.worker.split;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
  @ParameterizedTest
  @CsvSource({
    "tea, 1",
    "coffee, 1",
    "kettles, 2",
    "internationalization, 5",
    "naïve, 1",
    "2026, 2",
    "getMessageCount, 4",
    "max_ack_pending, 6",
    "'it''s', 3",
    "don’t stop, 4",
    "茶と湯, 3",
    "😀, 1",
    "'  spaces  only  ', 2",
  })
  void wordsCountForWhatTheyCost(String text, int tokens) {
    assertEquals(tokens, Tokens.estimate(text, 0, text.length()));
  }
}
