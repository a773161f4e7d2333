package relata.graph.text;

import java.util.Arrays;
import java.util.Locale;

/** How texts become words: which are left out, and which forms of a word are one. */
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

  /** The language that a recipe names; {@link #STANDARD} if this service does not know it. */
  public static Language of(String code) {
    return Arrays.stream(values())
        .filter(language -> language.name().toLowerCase(Locale.ROOT).equals(code))
        .findFirst()
        .orElse(STANDARD);
  }
}
