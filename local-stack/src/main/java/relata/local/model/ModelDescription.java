package relata.local.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What the server tells of a model, in Ollama's terms.
 *
 * @param name the full name, with its tag
 * @param aliases further full names of the same model
 * @param digest SHA-256 in hexadecimal of what decides the model's answers
 * @param capabilities {@code embedding}, {@code completion}
 * @param parameters the defaults, one {@code name value} a line
 * @param info Ollama's {@code model_info}; {@code general.description} says in plain words what the
 *     model is
 */
record ModelDescription(
    String name,
    List<String> aliases,
    String digest,
    long sizeBytes,
    int contextTokens,
    Details details,
    List<String> capabilities,
    Map<String, Object> info,
    String parameters,
    String license) {

  private static final int SYNTHETIC_CONTEXT = 8_192;

  ModelDescription {
    aliases = List.copyOf(aliases);
    capabilities = List.copyOf(capabilities);
    info = Map.copyOf(info);
  }

  boolean can(String capability) {
    return capabilities.contains(capability);
  }

  /** Ollama's {@code details}. */
  record Details(
      @JsonProperty("parent_model") String parentModel,
      String format,
      String family,
      List<String> families,
      @JsonProperty("parameter_size") String parameterSize,
      @JsonProperty("quantization_level") String quantizationLevel) {

    Details {
      families = List.copyOf(families);
    }
  }

  static ModelDescription miniLm() {
    return new ModelDescription(
        "all-minilm:latest",
        List.of("all-minilm:l6-v2"),
        MiniLmFiles.digest(),
        MiniLmFiles.sizeBytes(),
        MiniLm.CONTEXT_TOKENS,
        new Details("", "onnx", "bert", List.of("bert"), "23M", "INT8"),
        List.of("embedding"),
        Map.of(
            "general.architecture",
            "bert",
            "general.basename",
            "all-MiniLM-L6-v2",
            "bert.block_count",
            6,
            "bert.context_length",
            MiniLm.CONTEXT_TOKENS,
            "bert.embedding_length",
            MiniLm.DIMENSIONS,
            "bert.pooling_type",
            1,
            "general.description",
            "The sentence-transformers model all-MiniLM-L6-v2, quantised to 8 bits, run by ONNX"
                + " Runtime."),
        "num_ctx                        " + MiniLm.CONTEXT_TOKENS,
        "Apache License 2.0");
  }

  static ModelDescription extract() {
    return new ModelDescription(
        "extract:latest",
        List.of(),
        ExtractiveSummary.digest(),
        0,
        ExtractiveSummary.CONTEXT_TOKENS,
        new Details("", "java", "extract", List.of("extract"), "0", "none"),
        List.of("completion"),
        Map.of(
            "general.architecture",
            "extract",
            "extract.context_length",
            ExtractiveSummary.CONTEXT_TOKENS,
            "general.description",
            "Not a language model. It answers with sentences of the prompt itself: the first one"
                + " and those most central by their words (TF-IDF). It follows no instructions,"
                + " has no randomness, and ignores system, template, context and sampling"
                + " options."),
        "num_predict                    " + ExtractiveSummary.MAX_TOKENS,
        "");
  }

  /** A model that is none, for measuring what is around one. */
  static ModelDescription synthetic(String name, String capability, int dimension) {
    return new ModelDescription(
        name,
        List.of(),
        HexFormat.of()
            .toHexDigits(SyntheticVectors.hash(name + " synthetic " + dimension))
            .repeat(4),
        0,
        SYNTHETIC_CONTEXT,
        new Details("", "java", "synthetic", List.of("synthetic"), "0", "none"),
        List.of(capability),
        Map.of(
            "general.architecture",
            "synthetic",
            "synthetic.context_length",
            SYNTHETIC_CONTEXT,
            "synthetic.embedding_length",
            dimension,
            "general.description",
            "No model. Its answers are a function of the text and mean nothing."),
        "",
        "");
  }
}
