package org.peerworks.job.train;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One message of a trainer in sleap-nn's form: {@code {"what", "event", "epoch", "logs", …}}.
 *
 * <p>Trainers write these with jsonpickle, whose {@code py/…} keys tell a reader to make objects of
 * any class and call what it likes. Here a message is JSON and nothing else, and those keys are
 * taken out before anybody else sees it.
 *
 * @param epoch from 0; negative if the message names none
 * @param losses for people, may be blank: {@code loss 0.0012, val 0.0013}
 * @param json what of the message may be passed on; blank if that is too long
 */
record TrainerMessage(String event, long epoch, String losses, String json) {

  /** Bytes of a message that is read at all. */
  static final int LARGEST = 64 << 10;

  private static final int LONGEST_REPORT = 16 << 10;
  private static final int DEEPEST = 15;
  private static final long MOST_EPOCHS = 1_000_000_000;
  private static final List<String> LOSS = List.of("train/loss", "train_loss", "loss");
  private static final List<String> VALIDATION_LOSS = List.of("val/loss", "val_loss");

  private static final ObjectMapper READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LARGEST)
                          .maxNameLength(512)
                          .maxNumberLength(40)
                          .build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python writes NaN so
          .build();

  /** Empty if it is no such message. */
  static Optional<TrainerMessage> read(byte[] bytes) {
    if (bytes.length > LARGEST) {
      return Optional.empty();
    }
    try {
      if (!(READER.readTree(bytes) instanceof ObjectNode message)) {
        return Optional.empty();
      }
      strip(message);
      if (message.path("what").asText().equals(JobReports.WHAT)) {
        message.remove("what"); // that is how our own reports begin
      }
      String event = message.path("event").asText("");
      if (!event.matches("[a-z_]{1,40}")) {
        return Optional.empty();
      }
      JsonNode number = message.path("epoch");
      boolean counts = number.isIntegralNumber() && number.canConvertToLong();
      long epoch = counts && number.longValue() <= MOST_EPOCHS ? number.longValue() : -1;
      String json = READER.writeValueAsString(message);
      boolean fits = json.getBytes(StandardCharsets.UTF_8).length <= LONGEST_REPORT;
      return Optional.of(
          new TrainerMessage(event, epoch, losses(message.path("logs")), fits ? json : ""));
    } catch (IOException e) {
      return Optional.empty(); // whoever can reach the port may send anything
    }
  }

  /** Takes out what would tell a reader to make objects. */
  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      Iterator<String> names = object.fieldNames();
      List<String> pickled = new ArrayList<>();
      while (names.hasNext()) {
        String name = names.next();
        if (name.startsWith("py/")) {
          pickled.add(name);
        }
      }
      object.remove(pickled);
    }
    node.forEach(TrainerMessage::strip);
  }

  private static String losses(JsonNode logs) {
    String loss = number(logs, LOSS);
    String validation = number(logs, VALIDATION_LOSS);
    if (loss.isEmpty() || validation.isEmpty()) {
      return loss.isEmpty() ? (validation.isEmpty() ? "" : "val " + validation) : "loss " + loss;
    }
    return "loss " + loss + ", val " + validation;
  }

  /** Some trainers put them one level deeper. */
  private static String number(JsonNode logs, List<String> names) {
    for (JsonNode place : List.of(logs, logs.path("py_dict"))) {
      for (String name : names) {
        if (place.path(name).isNumber()) {
          return String.format(Locale.ROOT, "%.4g", place.path(name).doubleValue());
        }
      }
    }
    return "";
  }

  /** Whether there are so many of the kind that some may be left out. */
  boolean isFrequent() {
    return event.startsWith("batch_");
  }

  /** What it says about epochs; empty if it says nothing. */
  Optional<EpochLine> epochLine() {
    if (epoch < 0 || !event.matches("epoch_begin|batch_end|epoch_end")) {
      return Optional.empty();
    }
    long done = event.equals("epoch_end") ? epoch + 1 : epoch;
    return Optional.of(new EpochLine(done, epoch + 1, 0, losses));
  }
}
