package relata.api.recipe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How texts become the words that they are found by; graph-service has an analysis for each. */
public enum Language {
  DA,
  DE,
  EN,
  ES,
  FI,
  FR,
  IT,
  NL,
  NO,
  PT,
  RU,
  SV,
  /** Of no language: no word is left out, and every form is a word of its own. */
  STANDARD;

  static final String RULE_IN_WORDS =
      "Must be da, de, en, es, fi, fr, it, nl, no, pt, ru, sv or standard.";

  /** As it is spelt in a recipe. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Language> of(String text) {
    return Arrays.stream(values()).filter(language -> language.text().equals(text)).findFirst();
  }
}
