package relata.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataFilterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "lang=de;{\"lang\":[\"de\"]}",
        "lang=de|en;{\"lang\":[\"de\",\"en\"]}",
        "year=2020;{\"year\":[2020]}",
        "year=\"2020\";{\"year\":[\"2020\"]}",
        "draft=true;{\"draft\":[true]}",
        "title=two words;{\"title\":[\"two words\"]}",
        "size>=1.5;{\"size\":{\"gte\":1.5}}",
        "size<3;{\"size\":{\"lt\":3}}",
        "author.name;{\"author.name\":{\"exists\":true}}",
        "!tags;{\"tags\":{\"exists\":false}}",
        "url=a=b;{\"url\":[\"a=b\"]}",
        "empty=;{\"empty\":[\"\"]}"
      })
  void aConditionIsReadAsItIsTyped(String typed, String json) {
    assertEquals(json, MetadataFilter.of(List.of(typed)).toString());
  }

  @Test
  void twoBoundsOfOnePathAreARange() {
    assertEquals(
        "{\"year\":{\"gte\":2020,\"lt\":2022},\"lang\":[\"de\"]}",
        MetadataFilter.of(List.of("year>=2020", "lang=de", "year<2022")).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1", "", "!a=1", "a>much", "a>1,a>2", "a=1,a=2", "a,a>1"})
  void whatCannotBeReadIsNamed(String typed) {
    List<String> conditions = List.of(typed.split(",", -1));
    assertThrows(IllegalArgumentException.class, () -> MetadataFilter.of(conditions));
  }
}
