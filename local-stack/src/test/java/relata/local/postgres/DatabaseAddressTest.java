package relata.local.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
  private static final DatabaseAddress EXPECTED =
      new DatabaseAddress("db.example", 6543, "notes", "me", "p@ss+1");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://me:p%40ss+1@db.example:6543/notes",
        "jdbc:postgresql://db.example:6543/notes?user=me&password=p%40ss%2B1&ssl=true",
      })
  void readsBothSpellings(String url) {
    assertEquals(EXPECTED, DatabaseAddress.parse(url));
  }

  @Test
  void givesUrlsWithoutCredentials() {
    assertEquals("postgresql://db.example:6543/notes", EXPECTED.reactiveUrl());
    assertEquals("jdbc:postgresql://db.example:6543/notes", EXPECTED.jdbcUrl());
    assertFalse(EXPECTED.toString().contains("p@ss"));
  }

  @ParameterizedTest
  @CsvSource({
    "mysql://me:secret@h/d, postgresql://",
    "postgresql://me:secret@/d, host",
    "postgresql://me:secret@h, database",
    "postgresql://h:5432/d, user",
    "not a url, no URL",
  })
  void saysWhatIsMissingWithoutThePassword(String url, String named) {
    String words =
        assertThrows(IllegalArgumentException.class, () -> DatabaseAddress.parse(url)).getMessage();
    assertTrue(words.contains("but it") && words.contains(named), words);
    assertFalse(words.contains("secret"), words);
  }
}
