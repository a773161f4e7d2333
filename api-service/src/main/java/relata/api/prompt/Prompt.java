package relata.api.prompt;

import java.time.Instant;

/**
 * A text for a model by which descriptions are made. It never changes.
 *
 * @param template the text; <code>{{document}}</code> stands for the delimited title and body
 * @param sha256 of the template's UTF-8 bytes, in hexadecimal
 * @param builtIn whether it came with the service
 */
public record Prompt(
    String name, String template, String sha256, boolean builtIn, Instant createdAt) {}
