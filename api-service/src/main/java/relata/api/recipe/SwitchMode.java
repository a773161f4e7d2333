package relata.api.recipe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who switches to a generation that is whole and passes the gate. */
public enum SwitchMode {
  /** The service, as soon as it can. */
  AUTOMATIC,
  /** The user, by {@code POST …/generations/{g}/switch}. */
  MANUAL;

  /** As it is spelt in a recipe. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<SwitchMode> of(String text) {
    return Arrays.stream(values()).filter(mode -> mode.text().equals(text)).findFirst();
  }
}
