package relata.api.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A document as one line of an import; unchecked. */
record BulkLine(String id, String title, String body, String format, ObjectNode metadata) {}
