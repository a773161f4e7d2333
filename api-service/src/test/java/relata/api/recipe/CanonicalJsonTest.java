package relata.api.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
  @Test
  void keysAreSortedWhateverOrderTheyCameIn() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("b", 1);
    fields.put("a", Map.of("d", List.of(), "c", Map.of()));
    assertEquals("{\"a\":{\"c\":{},\"d\":[]},\"b\":1}", CanonicalJson.write(fields));
  }

  @Test
  void equalNumbersAreSpeltAlike() {
    for (Number one : new Number[] {1, 1L, 1.0, new BigDecimal("1.000"), new BigDecimal("1E0")}) {
      assertEquals("1", CanonicalJson.write(one));
    }
    assertEquals("0", CanonicalJson.write(new BigDecimal("-0.00")));
    assertEquals("0.6", CanonicalJson.write(0.6));
  }

  @Test
  void hugeExponentIsNotWrittenOut() {
    assertEquals("1E+999999999", CanonicalJson.write(new BigDecimal("1E+999999999")));
  }

  @Test
  void textIsEscapedAsLittleAsPossible() {
    assertEquals("\"ä\\\"\\\\\\u000a\\u0000/\"", CanonicalJson.write("ä\"\\\n\0/"));
  }

  @Test
  void orderOfElementsIsKept() {
    assertEquals("[2,null,true,1]", CanonicalJson.write(Arrays.asList(2, null, true, 1)));
  }

  @Test
  void otherTypesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> CanonicalJson.write(Instant.EPOCH));
  }
}
