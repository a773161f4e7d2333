package relata.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScriptIT {
  /** A file whose name only the shell spells, so that it does not matter how this JVM would. */
  private static final String IMPORT =
      "exec ./relata import \"$(printf '/none/\\346\\227\\245\\346\\234\\254')\"";

  @ParameterizedTest
  @ValueSource(
      strings = {"LC_ALL=", "LC_ALL=C", "LC_CTYPE=POSIX", "LANG=xx_XX.UTF-8", "LANG=C.UTF-8"})
  void namesOfFilesAreReadWhateverTheLocale(String locale) throws Exception {
    ScriptRun run =
        ScriptRun.of(
            List.of(
                "env", "-u", "LC_ALL", "-u", "LC_CTYPE", "-u", "LANG", locale, "sh", "-c", IMPORT));
    assertEquals("/none/日本 does not exist.", run.errors().lines().findFirst().orElse(""));
    assertEquals(2, run.exit());
  }
}
