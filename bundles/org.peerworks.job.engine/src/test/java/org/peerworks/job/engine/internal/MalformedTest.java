package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobRequest;
import org.peerworks.lib.files.FileTrees;

/** Requests that are wrong in generated ways: none gets through, none leaves anything. */
final class MalformedTest {

  private static final String SCHEMA =
      """
      {"type": "object", "additionalProperties": false, "required": ["epochs"],
       "properties": {
         "epochs": {"type": "integer", "minimum": 1, "maximum": 1000},
         "mode": {"enum": ["fast", "good"]},
         "configs": {"type": "array", "maxItems": 3, "items": {"type": "string"}}}}
      """;
  private static final String GOOD =
      "{\"epochs\": 12, \"mode\": \"fast\", \"configs\": [\"a.yaml\", \"b.yaml\"]}";

  private static Path top;
  private static Path source;
  private static Worker worker;

  @BeforeContainer
  static void start() throws IOException {
    top = Files.createTempDirectory("malformed");
    source = Files.writeString(top.resolve("source"), "x");
    worker = new Worker(top.resolve("worker"), Map.of("maxTimeoutSeconds", 3600L));
    worker.with("fit", "1.0.0", SCHEMA, Worker.NOTHING);
  }

  @AfterContainer
  static void stop() throws IOException {
    worker.close();
    FileTrees.delete(top);
  }

  /** A wrong value for a field that the schema knows, or a field that it does not know. */
  private record Wrong(String field, String json) {}

  @Property(tries = 300)
  void aFieldThatDoesNotFitIsRefusedByItsName(@ForAll("wrongFields") Wrong wrong) {
    assertThat(refusal(request(wrong.json(), Map.of())))
        .extracting(JobException::code)
        .isEqualTo(JobException.Code.INVALID);
    assertThat(refusal(request(wrong.json(), Map.of()))).hasMessageContaining(wrong.field());
  }

  @Property(tries = 300)
  void damagedJsonIsRefused(@ForAll("damagedJson") String json) {
    JobException refusal = refusal(request(json, Map.of("a.txt", source)));
    assertThat(refusal.code()).isEqualTo(JobException.Code.INVALID);
    assertThat(refusal).hasMessageContaining("parameters");
  }

  @Property(tries = 300)
  void badNamesOfInputsAreRefused(@ForAll("badNames") String name) {
    JobException refusal = refusal(request(GOOD, Map.of(name, source)));
    assertThat(refusal.code()).isEqualTo(JobException.Code.INVALID);
    assertThat(refusal).hasMessageContaining("file name");
  }

  @Property(tries = 200)
  void unknownTypesAreRefused(@ForAll String type) {
    if (!type.equals("fit")) {
      JobException refusal = refusal(new JobRequest(type, GOOD, Map.of(), 5, key(), Duration.ZERO));
      assertThat(refusal.code()).isEqualTo(JobException.Code.UNKNOWN_TYPE);
      assertThat(refusal).hasMessageContaining("'fit'");
    }
  }

  @Property(tries = 100)
  void timesBeyondTheLimitAreRefused(@ForAll("longTimes") Duration time) {
    JobException refusal = refusal(new JobRequest("fit", GOOD, Map.of(), 5, key(), time));
    assertThat(refusal.code()).isEqualTo(JobException.Code.LIMIT);
    assertThat(refusal).hasMessageContaining("timeout").hasMessageContaining("3600");
  }

  @Provide
  Arbitrary<Wrong> wrongFields() {
    Arbitrary<String> epochs =
        Arbitraries.of("0", "-1", "1001", "1e9", "1.5", "\"3\"", "true", "null", "[]", "{}");
    Arbitrary<String> mode = Arbitraries.of("\"slow\"", "\"\"", "1", "null", "[\"fast\"]", "{}");
    Arbitrary<String> configs =
        Arbitraries.of("\"a\"", "{}", "1", "[1]", "[\"a\", null]", "[\"1\",\"2\",\"3\",\"4\"]");
    Arbitrary<String> unknown =
        Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(20).map(name -> "x" + name);
    return Arbitraries.oneOf(
        epochs.map(value -> new Wrong("epochs", "{\"epochs\": " + value + "}")),
        mode.map(value -> new Wrong("mode", "{\"epochs\": 1, \"mode\": " + value + "}")),
        configs.map(value -> new Wrong("configs", "{\"epochs\": 1, \"configs\": " + value + "}")),
        unknown.map(name -> new Wrong(name, "{\"epochs\": 1, \"" + name + "\": 1}")));
  }

  /** Cut off, doubled, deeply nested, or not an object at all. */
  @Provide
  Arbitrary<String> damagedJson() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, GOOD.length() - 1).map(end -> GOOD.substring(0, end)),
        Combinators.combine(
                Arbitraries.integers().between(0, GOOD.length()),
                Arbitraries.of("\u0000", "\u0007", "\u001b"))
            .as((at, text) -> GOOD.substring(0, at) + text + GOOD.substring(at)),
        Arbitraries.of("null", "[]", "7", "\"text\"", GOOD + GOOD, "{\"epochs\":1,\"epochs\":2}"),
        Arbitraries.integers().between(1001, 5000).map(depth -> "[".repeat(depth)));
  }

  @Provide
  Arbitrary<String> badNames() {
    Arbitrary<String> plain = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(20);
    Arbitrary<String> bad =
        Arbitraries.of("/", "\\", "../", "\u0000", "\n", ":", "*", "\u202e", "$", "`", ";", "|");
    return Arbitraries.oneOf(
        Combinators.combine(plain, bad, plain).as((a, b, c) -> a + b + c),
        plain.map(name -> "." + name),
        plain.map(name -> "-" + name),
        plain.map(name -> name + "."),
        plain.map(name -> name + " "),
        plain.map(name -> name.repeat(256)),
        Arbitraries.of("", ".", "..", " "));
  }

  @Provide
  Arbitrary<Duration> longTimes() {
    return Arbitraries.longs().between(3601, Long.MAX_VALUE).map(Duration::ofSeconds);
  }

  private static JobRequest request(String parameters, Map<String, Path> inputs) {
    return new JobRequest("fit", parameters, inputs, 5, key(), Duration.ZERO);
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  /** Checks also that nothing is there afterwards. */
  private static JobException refusal(JobRequest request) {
    Throwable thrown = catchThrowable(() -> worker.submit(request));
    assertThat(thrown).isInstanceOf(JobException.class);
    assertThat(Worker.get(worker.as(Worker.ANNA).list(JobQuery.newest(1))).jobs()).isEmpty();
    try (Stream<Path> left = Files.list(top.resolve("worker").resolve("jobs"))) {
      assertThat(left).isEmpty();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return (JobException) thrown;
  }
}
