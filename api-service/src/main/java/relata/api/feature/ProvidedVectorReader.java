package relata.api.feature;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.Arrays;

/** Reads numbers straight into floats: a tree of them would take twenty times the memory. */
final class ProvidedVectorReader extends StdDeserializer<ProvidedVector> {
  private static final long serialVersionUID = 1L;
  private static final int FIRST_SIZE = 1_024;

  ProvidedVectorReader() {
    super(ProvidedVector.class);
  }

  @Override
  public ProvidedVector deserialize(JsonParser json, DeserializationContext context)
      throws IOException {
    if (!json.isExpectedStartArrayToken()) {
      return notNumbers(context);
    }
    float[] components = new float[FIRST_SIZE];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (!json.currentToken().isNumeric()) {
        return notNumbers(context);
      }
      if (count == components.length) {
        components = Arrays.copyOf(components, 2 * count);
      }
      components[count++] = json.getFloatValue();
    }
    return new ProvidedVector(Arrays.copyOf(components, count));
  }

  private static ProvidedVector notNumbers(DeserializationContext context) throws IOException {
    // The target is what stands in the JSON, so that the problem asks for it.
    return context.reportInputMismatch(float[].class, "no numbers");
  }
}
