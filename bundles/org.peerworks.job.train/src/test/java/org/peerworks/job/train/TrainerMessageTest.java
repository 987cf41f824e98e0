package org.peerworks.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerMessageTest {

  private static Optional<TrainerMessage> read(String text) {
    return TrainerMessage.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void epochsAndLossesAreRead() {
    TrainerMessage message =
        read("""
                {"what": "centroid", "event": "epoch_end", "epoch": 2,
                 "logs": {"train/loss": 0.00123456, "val/loss": 0.002, "lr": 1e-4}}
                """)
            .orElseThrow();
    assertThat(message.epochLine()).contains(new EpochLine(3, 3, 0, "loss 0.001235, val 0.002000"));
    assertThat(message.json()).startsWith("{\"what\":\"centroid\"").contains("\"lr\":1.0E-4");
    assertThat(message.isFrequent()).isFalse();
  }

  @Test
  void lossesMayLieOneLevelDeeper() {
    assertThat(
            read("{\"event\":\"batch_end\",\"epoch\":0,\"logs\":{\"py_dict\":{\"loss\":0.5}}}")
                .orElseThrow()
                .epochLine())
        .contains(new EpochLine(0, 1, 0, "loss 0.5000"));
  }

  @Test
  void aLossThatIsNoNumberIsPassedOnAsStrictJson() throws Exception {
    TrainerMessage message =
        read("{\"event\":\"epoch_end\",\"epoch\":0,\"logs\":{\"loss\":NaN}}").orElseThrow();
    assertThat(message.losses()).isEqualTo("loss NaN");
    assertThat(new ObjectMapper().readTree(message.json()).at("/logs/loss").asText())
        .isEqualTo("NaN");
  }

  @Test
  void noTrainerSpeaksInOurName() {
    TrainerMessage message =
        read("{\"what\":\"peerworks\",\"event\":\"model_end\",\"index\":2}").orElseThrow();
    assertThat(message.json()).isEqualTo("{\"event\":\"model_end\",\"index\":2}");
  }

  @Test
  void whatTellsAPickleToMakeObjectsIsTakenOut() {
    TrainerMessage message =
        read("""
                {"event":"epoch_end","epoch":1,"py/object":"os.system",
                 "logs":{"py/reduce":[{"py/function":"os.system"},{"py/tuple":["id"]}],"loss":1.0,
                         "list":[{"py/type":"os.system","kept":1}]}}
                """)
            .orElseThrow();
    assertThat(message.json()).doesNotContain("py/").doesNotContain("os.system").contains("kept");
    assertThat(message.losses()).isEqualTo("loss 1.000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"epoch_end\"",
        "{",
        "{}",
        "{\"event\":7}",
        "{\"event\":\"Epoch End\"}",
        "{\"event\":\"\"}",
        "{\"event\":{\"py/object\":\"x\"}}",
      })
  void whatIsNoMessageIsNone(String text) {
    assertThat(read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "99999999999999999999", "\"1\"", "null", "{}"})
  void anEpochThatMakesNoSenseIsNone(String epoch) {
    assertThat(read("{\"event\":\"epoch_end\",\"epoch\":" + epoch + "}").orElseThrow().epochLine())
        .isEmpty();
  }

  @Test
  void whatIsTooLargeOrTooDeepIsNotRead() {
    String large = "{\"event\":\"epoch_end\",\"epoch\":1,\"x\":\"" + "x".repeat(20_000) + "\"}";
    assertThat(read(large).orElseThrow().json()).isEmpty();
    assertThat(read(large).orElseThrow().epochLine()).isPresent();
    assertThat(read("{\"event\":\"e\",\"x\":\"" + "x".repeat(64 << 10) + "\"}")).isEmpty();
    assertThat(read("{\"event\":\"e\",\"x\":" + "[".repeat(30_000))).isEmpty();
    assertThat(read("{\"event\":\"e\",\"x\":" + "[".repeat(20) + "]".repeat(20) + "}")).isEmpty();
    assertThat(read("{\"event\":\"e\",\"x\":" + "9".repeat(41) + "}")).isEmpty();
  }

  @Test
  void generatedMessagesNeverFailAndNeverLetAPickleThrough() throws Exception {
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    System.out.println("Generated with -Dfuzz.seed=" + seed);
    Random random = new Random(seed);
    String[] parts = {
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      "\"event\"",
      "\"epoch_end\"",
      "\"epoch\"",
      "\"logs\"",
      "\"loss\"",
      "\"py/object\"",
      "\"py/reduce\"",
      "\"py_dict\"",
      "1",
      "-3.5e300",
      "NaN",
      "null",
      "\"\\u0000\"",
      "\"ä\uD83D\"",
      "true",
      " ",
      "{\"event\":\"batch_end\",\"epoch\":3,\"logs\":{\"py/id\":1}}"
    };
    String valid = "{\"event\":\"epoch_end\",\"epoch\":1,\"logs\":{\"py/a\":{},\"loss\":1}}";
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes;
      if (i % 2 == 0) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(12); n >= 0; n--) {
          text.append(parts[random.nextInt(parts.length)]);
        }
        bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      } else {
        bytes = valid.getBytes(StandardCharsets.UTF_8);
        for (int n = random.nextInt(3); n >= 0; n--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
      }
      Optional<TrainerMessage> message = TrainerMessage.read(bytes);
      if (message.isPresent()) {
        JsonNode json = new ObjectMapper().readTree(message.get().json());
        assertThat(json.isObject()).isTrue();
        assertThat(json.findValues("py/object")).isEmpty();
        assertThat(json.findValues("py/reduce")).isEmpty();
      }
    }
  }
}
