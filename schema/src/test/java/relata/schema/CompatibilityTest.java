package relata.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The services of the release before go on while a newer schema is there, so no migration takes
 * away what they read or asks for what they do not write.
 */
final class CompatibilityTest {
  /**
   * A statement with this in front takes away what no release that may still run uses, and says
   * since when.
   */
  private static final Pattern UNUSED =
      Pattern.compile("^\\s*-- unused since \\S+", Pattern.MULTILINE);

  private static final Pattern BREAKING =
      Pattern.compile(
          "\\bdrop\\s+(table|column|schema|type|function|view)\\b|\\brename\\b|\\brevoke\\b"
              + "|\\balter\\s+column\\s+\\w+\\s+(type|set\\s+data|set\\s+not\\s+null|drop\\s+default)\\b"
              + "|\\badd\\s+column\\s+(?=[^,;]*\\bnot\\s+null\\b)(?![^,;]*\\bdefault\\b)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern COMMENT = Pattern.compile("--.*$", Pattern.MULTILINE);
  private static final Pattern END = Pattern.compile(";");

  @Test
  void noMigrationBreaksTheReleaseBefore() throws IOException, URISyntaxException {
    Path first = Path.of(SchemaMigration.class.getResource("V1__content.sql").toURI());
    try (Stream<Path> found = Files.list(first.getParent())) {
      List<Path> migrations = found.filter(file -> file.toString().endsWith(".sql")).toList();
      assertTrue(migrations.size() >= 16, () -> "only " + migrations);
      for (Path migration : migrations) {
        assertEquals(
            List.of(), breaking(Files.readString(migration)), migration.getFileName().toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table a;",
        "alter table a drop column b;",
        "alter table a\n  rename to b;",
        "alter table a rename column b to c;",
        "alter table a alter column b type text;",
        "alter table a alter column b set not null;",
        "alter table a add column b text not null;",
        "alter table a add column b text default '', add column c text not null;",
        "revoke select on a from relata_api;"
      })
  void whatWouldBreakItIsFound(String statement) {
    assertEquals(1, breaking("create table a (b text not null);\n" + statement).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table a add column b text not null default '';",
        "alter table a add column b text;",
        "create table a (b text not null);",
        "-- unused since 1.2.0\nalter table a drop column b;",
        "-- Never rename this.\nselect 1;"
      })
  void whatDoesNotIsLeftAlone(String statement) {
    assertEquals(List.of(), breaking(statement));
  }

  private static List<String> breaking(String sql) {
    return Arrays.stream(END.split(sql, -1))
        .filter(statement -> !UNUSED.matcher(statement).find())
        .map(statement -> COMMENT.matcher(statement).replaceAll(""))
        .filter(statement -> BREAKING.matcher(statement).find())
        .map(String::strip)
        .toList();
  }
}
