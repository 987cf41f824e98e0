package org.peerworks.protocol.peerworks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.peerworks.protocol.peerworks.internal.wire.Frame;
import org.peerworks.protocol.peerworks.internal.wire.Json;

/** Messages that are nearly right, made from right ones with a seed. */
final class Garbage {

  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    7,
    63,
    64,
    65,
    999,
    1000,
    1001,
    1 << 20,
    Integer.MAX_VALUE,
    1L << 31,
    1L << 53,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final String[] TEXTS = {
    "",
    " ",
    "..",
    "../../etc/passwd",
    "a/b",
    "a\\b",
    "\u0000",
    "\u001b[2J",
    "\ud800",
    "\u202e",
    "😀",
    "null",
    "1",
    "9".repeat(64),
    "a".repeat(64),
    "A".repeat(64),
    "x".repeat(300),
    "y".repeat(20_000),
    "2026-11-21T10:15:00Z",
    "+1000000000-01-01T00:00:00Z",
    "RUNNING",
    "cpu",
    "AAAA",
    "====",
  };

  private static final String[] VALUES = {
    "null",
    "true",
    "false",
    "[]",
    "{}",
    "[[]]",
    "[null]",
    "1.5",
    "-0",
    "1e308",
    "1e-400",
    "1e999",
    "123456789012345678901234567890",
    "[1,2,3]",
    "{\"a\":{}}"
  };

  private final Random random;

  Garbage(long seed) {
    random = new Random(seed);
  }

  Random random() {
    return random;
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** A text message made from a right one. */
  String text(ObjectNode right) {
    ObjectNode message = right.deepCopy();
    int kind = random.nextInt(20);
    if (kind < 17) {
      for (int i = 0; i <= random.nextInt(3); i++) {
        mutate(message);
      }
      return Json.write(message);
    }
    String text = Json.write(message);
    return switch (random.nextInt(6)) {
      case 0 -> text.substring(0, random.nextInt(text.length() + 1));
      case 1 -> noise(text);
      case 2 -> text.substring(0, text.length() - 1) + ",\"type\":\"request\"}";
      case 3 -> "{\"a\":".repeat(random.nextInt(40)) + text + "}".repeat(random.nextInt(40));
      case 4 -> (random.nextBoolean() ? "+" : "=") + text + " ".repeat(random.nextInt(1000));
      default -> text + text;
    };
  }

  private String noise(String text) {
    StringBuilder noisy = new StringBuilder(text);
    for (int i = 0; i <= random.nextInt(6); i++) {
      int at = random.nextInt(noisy.length());
      switch (random.nextInt(3)) {
        case 0 -> noisy.setCharAt(at, (char) random.nextInt(0x250));
        case 1 -> noisy.deleteCharAt(at).append(' ');
        default -> noisy.insert(at, "{}[]\",:\\0e-".charAt(random.nextInt(11)));
      }
    }
    return noisy.toString();
  }

  /** Changes one field of a message or of an object in it. */
  private void mutate(ObjectNode message) {
    List<ObjectNode> objects = new ArrayList<>(List.of(message));
    for (int i = 0; i < objects.size(); i++) {
      collect(objects.get(i), objects);
    }
    // The fields inside matter most; without its type a message is soon dealt with.
    boolean inside = objects.size() > 1 && random.nextInt(6) != 0;
    ObjectNode target = objects.get(inside ? 1 + random.nextInt(objects.size() - 1) : 0);
    List<String> names = new ArrayList<>();
    target.fieldNames().forEachRemaining(names::add);
    if (target == message && random.nextInt(8) != 0) {
      names.remove("type");
    }
    if (names.isEmpty()) {
      target.put("more", 1);
      return;
    }
    String name = one(names);
    switch (random.nextInt(6)) {
      case 0 -> target.remove(name);
      case 1 -> target.put("x" + name, 1);
      case 2 -> target.put(name, NUMBERS[random.nextInt(NUMBERS.length)]);
      case 3 -> target.put(name, random.nextLong());
      case 4 -> target.put(name, TEXTS[random.nextInt(TEXTS.length)]);
      default -> target.set(name, value(VALUES[random.nextInt(VALUES.length)]));
    }
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    for (JsonNode child : node) {
      if (child instanceof ObjectNode object) {
        objects.add(object);
      } else if (child instanceof ArrayNode) {
        collect(child, objects);
      }
    }
  }

  private static JsonNode value(String json) {
    try {
      return new com.fasterxml.jackson.databind.ObjectMapper().readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /**
   * A binary message, nearly right.
   *
   * @param transfer that there is
   * @param offset that is next
   */
  ByteBuffer frame(int transfer, long offset) {
    int[] sizes = {0, 1, 999, 1000, 1001, 2000, 2500, 3000, 5000, 60_000};
    int size = sizes[random.nextInt(sizes.length)];
    ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER + size);
    long at = random.nextInt(3) == 0 ? offset : offset + NUMBERS[random.nextInt(NUMBERS.length)];
    int of = random.nextInt(8) == 0 ? (int) NUMBERS[random.nextInt(NUMBERS.length)] : transfer;
    new Frame(of, at).write(frame);
    switch (random.nextInt(12)) {
      case 0 -> frame.limit(random.nextInt(frame.capacity() + 1));
      case 1 -> frame.put(random.nextInt(Frame.HEADER), (byte) random.nextInt());
      default -> {
        // As it is.
      }
    }
    return frame;
  }
}
