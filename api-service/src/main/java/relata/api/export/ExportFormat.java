package relata.api.export;

import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import relata.api.problem.Problem;

/** A format that graphs are sent in. */
enum ExportFormat {
  JSON("json", MediaType.APPLICATION_JSON),
  GRAPHML("graphml", ExportFormat.GRAPHML_TYPE);

  static final String GRAPHML_TYPE = "application/graphml+xml";

  private final String parameter;
  private final String type;

  ExportFormat(String parameter, String type) {
    this.parameter = parameter;
    this.type = type;
  }

  String type() {
    return type;
  }

  /**
   * What the client asked for: by the parameter, or without one by what it accepts most.
   *
   * @throws relata.api.problem.ProblemException 400 if the parameter names none
   */
  static ExportFormat of(String parameter, List<MediaType> accepted) {
    if (parameter == null) {
      return accepted.stream().flatMap(ExportFormat::compatible).findFirst().orElse(JSON);
    }
    return named(parameter)
        .orElseThrow(() -> Problem.invalid("format", "Must be json or graphml.").exception());
  }

  private static Stream<ExportFormat> compatible(MediaType accepted) {
    return Arrays.stream(values())
        .filter(format -> accepted.isCompatible(MediaType.valueOf(format.type)));
  }

  private static Optional<ExportFormat> named(String parameter) {
    return Arrays.stream(values()).filter(format -> format.parameter.equals(parameter)).findFirst();
  }
}
