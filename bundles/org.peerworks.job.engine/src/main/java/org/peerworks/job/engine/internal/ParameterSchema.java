package org.peerworks.job.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The JSON Schema (draft 2020-12) of a job type's parameters. Thread-safe. */
final class ParameterSchema {

  /** Accepts every object; of a type that names no schema. */
  static final String ANY = "{\"type\":\"object\"}";

  private static final int SHOWN = 5;

  private final String text;
  private final JsonSchema schema;

  /**
   * @throws IllegalArgumentException it is no JSON Schema
   */
  ParameterSchema(String text) {
    this.text = text;
    JsonNode node = Json.object("The schema's fields", text);
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    SchemaValidatorsConfig config = SchemaValidatorsConfig.builder().locale(Locale.ENGLISH).build();
    try {
      schema = factory.getSchema(node, config);
      schema.initializeValidators();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("It is no JSON Schema: " + e.getMessage(), e);
    }
  }

  String text() {
    return text;
  }

  /**
   * @throws IllegalArgumentException naming each field that is wrong, and what it must be
   */
  void require(String parameters) {
    Set<ValidationMessage> wrong = schema.validate(Json.object("The parameters", parameters));
    if (!wrong.isEmpty()) {
      String list =
          wrong.stream()
              .limit(SHOWN)
              .map(ParameterSchema::describe)
              .collect(Collectors.joining("; "));
      int more = wrong.size() - SHOWN;
      throw new IllegalArgumentException(
          "The parameters do not fit: " + list + (more > 0 ? "; and " + more + " more." : "."));
    }
  }

  private static String describe(ValidationMessage message) {
    String where = message.getInstanceLocation().toString();
    String what = message.getError() == null ? message.getMessage() : message.getError();
    String field = where.replaceFirst("^(\\$\\.?|/)", "");
    if (field.isEmpty()) {
      return what;
    }
    return "'" + cut(field) + "' " + cut(what);
  }

  private static String cut(String text) {
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }
}
