package org.peerworks.transport.direct;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What two sides tell each other through the room before they connect. */
sealed interface Note {

  /** Names the attempt: 16 random bytes in hexadecimal digits, chosen by who wants to connect. */
  String ticket();

  /**
   * I want to connect.
   *
   * @param fingerprint of the certificate that I shall present
   */
  record Offer(String ticket, Fingerprint fingerprint) implements Note {}

  /**
   * Come.
   *
   * @param fingerprint of the certificate that I shall present
   * @param addresses to try, best first
   */
  record Answer(String ticket, Fingerprint fingerprint, List<String> addresses, int port)
      implements Note {}

  /** Do not come. */
  record Refusal(String ticket, String reason) implements Note {}

  /** Value of {@code type} of every note. */
  String TYPE = "peerworks-direct";

  /** Reads and writes notes. */
  final class Json {

    private static final int LONGEST = 8 << 10;
    private static final int MAX_REASON = 500;
    private static final Pattern TICKET = Pattern.compile("[0-9a-f]{32}");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();

    private Json() {}

    static String newTicket() {
      byte[] ticket = new byte[Preamble.TICKET];
      RANDOM.nextBytes(ticket);
      return HexFormat.of().formatHex(ticket);
    }

    static String write(Note note) {
      ObjectNode json = MAPPER.createObjectNode().put("type", TYPE);
      json.put("ticket", note.ticket());
      if (note instanceof Offer offer) {
        json.put("note", "offer").put("fingerprint", offer.fingerprint().text());
      } else if (note instanceof Answer answer) {
        json.put("note", "answer").put("fingerprint", answer.fingerprint().text());
        answer.addresses().forEach(json.putArray("addresses")::add);
        json.put("port", answer.port());
      } else if (note instanceof Refusal refusal) {
        json.put("note", "refusal").put("reason", refusal.reason());
      }
      return json.toString();
    }

    /**
     * Reads what a peer sent.
     *
     * @return empty if it is no note, but something else that peers tell each other
     * @throws IllegalArgumentException if it is a note of no use
     */
    static Optional<Note> read(String text) {
      // Others have a type of their own; this keeps their messages from being parsed twice.
      if (text.length() > LONGEST || !text.contains(TYPE)) {
        return Optional.empty();
      }
      JsonNode json;
      try {
        json = MAPPER.readTree(text);
      } catch (JsonProcessingException e) {
        return Optional.empty();
      }
      return json.path("type").asText().equals(TYPE) ? Optional.of(note(json)) : Optional.empty();
    }

    private static Note note(JsonNode json) {
      String ticket = json.path("ticket").asText();
      if (!TICKET.matcher(ticket).matches()) {
        throw new IllegalArgumentException("its 'ticket' is not 32 hexadecimal digits");
      }
      return switch (json.path("note").asText()) {
        case "offer" -> new Offer(ticket, fingerprint(json));
        case "answer" -> new Answer(ticket, fingerprint(json), addresses(json), port(json));
        case "refusal" -> {
          String reason = json.path("reason").asText();
          yield new Refusal(
              ticket, reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason);
        }
        default -> throw new IllegalArgumentException("its 'note' is not known");
      };
    }

    private static Fingerprint fingerprint(JsonNode json) {
      return new Fingerprint(json.path("fingerprint").asText());
    }

    private static List<String> addresses(JsonNode json) {
      List<String> addresses = new ArrayList<>();
      for (JsonNode address : json.path("addresses")) {
        if (addresses.size() < Addresses.MOST && Addresses.isOne(address.asText())) {
          addresses.add(address.asText());
        }
      }
      return addresses;
    }

    private static int port(JsonNode json) {
      int port = json.path("port").asInt();
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("its 'port' is not one");
      }
      return port;
    }
  }
}
