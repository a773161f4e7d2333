package relata.system.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.maven.artifact.versioning.DefaultArtifactVersion;
import org.apache.maven.artifact.versioning.InvalidVersionSpecificationException;
import org.apache.maven.artifact.versioning.Restriction;
import org.apache.maven.artifact.versioning.VersionRange;
import relata.system.kubernetes.Bill.Component;

/**
 * One published advisory about one library, from {@code advisories.csv}.
 *
 * @param component {@code group:artifact}
 * @param affected ranges of versions, one for each line of releases, each up to what mends it
 * @param here what it means here while an image has such a version, or empty if none may have one
 */
record Advisory(String id, String component, VersionRange affected, String here) {
  private static final Pattern ID = Pattern.compile("CVE-\\d{4}-\\d{4,}|GHSA(-[0-9a-z]{4}){3}");
  private static final Pattern COMPONENT = Pattern.compile("[\\w.-]+:[\\w.-]+");
  private static final Pattern RANGES =
      Pattern.compile("\\[[\\w.-]*,[\\w.-]+\\)(,\\[[\\w.-]+,[\\w.-]+\\))*");

  /**
   * @param row {@code id;component;ranges;here}
   * @throws IllegalArgumentException if it is no such row
   */
  static Advisory of(String row) {
    String[] cells = row.split(";", -1);
    if (cells.length != 4
        || !ID.matcher(cells[0]).matches()
        || !COMPONENT.matcher(cells[1]).matches()
        || !RANGES.matcher(cells[2]).matches()) {
      throw new IllegalArgumentException("Not an advisory: " + row);
    }
    try {
      return new Advisory(
          cells[0], cells[1], VersionRange.createFromVersionSpec(cells[2]), cells[3]);
    } catch (InvalidVersionSpecificationException unordered) {
      throw new IllegalArgumentException("Not an advisory: " + row, unordered);
    }
  }

  static List<Advisory> listed() throws IOException {
    try (InputStream list = Advisory.class.getResourceAsStream("/advisories.csv")) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Advisory::of)
          .toList();
    }
  }

  /** The version of the same line that mends it, if the component is affected. */
  Optional<String> mends(Component shipped) {
    if (!shipped.coordinates().equals(component)) {
      return Optional.empty();
    }
    DefaultArtifactVersion version = new DefaultArtifactVersion(shipped.version());
    return affected.getRestrictions().stream()
        .filter(line -> line.containsVersion(version))
        .map(Restriction::getUpperBound)
        .map(Object::toString)
        .findFirst();
  }

  /** What of a bill is affected, a line for each component. */
  List<String> findings(Bill bill) {
    return bill.components().stream()
        .flatMap(
            shipped ->
                mends(shipped).stream()
                    .map(
                        mended ->
                            "%s ships %s %s: %s, mended in %s"
                                .formatted(bill.image(), component, shipped.version(), id, mended)))
        .toList();
  }
}
