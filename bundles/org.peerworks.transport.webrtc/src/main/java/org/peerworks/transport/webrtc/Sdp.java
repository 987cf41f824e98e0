package org.peerworks.transport.webrtc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peerworks.transport.api.TransportException;

/**
 * A session description with one data channel section (RFC 8864, RFC 8841), in a form that the
 * native library takes.
 *
 * @param text lines that end with CR LF
 */
record Sdp(String text) {

  /** What RFC 8841 §6 says where a description does not. */
  static final int DEFAULT_MAX_MESSAGE = 65_536;

  /** The largest message that the native library sends and receives. */
  static final int LARGEST_MESSAGE = 262_144;

  /** What every channel promises; less would only multiply messages. */
  static final int SMALLEST_MESSAGE = 1024;

  private static final int MAX_LENGTH = 65_536;
  private static final Pattern LEGACY =
      Pattern.compile("m=application (\\d{1,5}) DTLS/SCTP (\\d{1,5})");
  private static final Pattern MODERN =
      Pattern.compile("m=application \\d{1,5} (UDP/|TCP/)?DTLS/SCTP webrtc-datachannel");
  private static final Pattern FINGERPRINT =
      Pattern.compile(
          "a=fingerprint:([a-z0-9-]{1,10}) ((?:[0-9a-f]{2}:){15,63}[0-9a-f]{2})",
          Pattern.CASE_INSENSITIVE);

  /**
   * Reads what another peer sent, which may be anything. The old form of aiortc ({@code m=…
   * DTLS/SCTP 5000} with {@code a=sctpmap}) becomes the one of today; candidates with host names
   * are left out, since nobody's words shall make this machine look up names; of several
   * fingerprints only the strongest that is known stays, so that the one that was checked is the
   * one that is bound.
   *
   * @throws TransportException if it is none that can be used
   */
  static Sdp received(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new TransportException(
          "The session description has "
              + text.length()
              + " characters; at most "
              + MAX_LENGTH
              + " are taken.");
    }
    List<String> lines = text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    List<String> media = lines.stream().filter(l -> l.startsWith("m=")).toList();
    if (media.size() != 1) {
      throw new TransportException(
          "The session description has "
              + media.size()
              + " media sections; one for data channels was expected.");
    }
    Matcher legacy = LEGACY.matcher(media.get(0));
    boolean old = legacy.matches();
    if (!old && !MODERN.matcher(media.get(0)).matches()) {
      throw new TransportException(
          "The session description is not for data channels: '" + shown(media.get(0)) + "'.");
    }
    List<String> kept =
        lines.stream()
            .filter(l -> !l.toLowerCase(Locale.ROOT).startsWith("a=fingerprint:"))
            .filter(l -> !(old && l.startsWith("a=sctpmap:")))
            .filter(l -> !l.startsWith("a=candidate:") || usable(l.substring(2)))
            .toList();
    List<String> result = new ArrayList<>();
    kept.stream().takeWhile(l -> !l.startsWith("m=")).forEach(result::add);
    List<String> body = kept.subList(result.size() + 1, kept.size());
    result.add(
        old
            ? "m=application " + legacy.group(1) + " UDP/DTLS/SCTP webrtc-datachannel"
            : media.get(0));
    body.stream().filter(l -> !l.startsWith("a=")).forEach(result::add);
    if (old) {
      result.add("a=sctp-port:" + legacy.group(2));
    }
    result.add("a=fingerprint:" + strongest(lines));
    body.stream().filter(l -> l.startsWith("a=")).forEach(result::add);
    Sdp sdp = new Sdp(String.join("\r\n", result) + "\r\n");
    if (sdp.maxMessageSize() < SMALLEST_MESSAGE) {
      throw new TransportException(
          "The session description takes messages of "
              + sdp.maxMessageSize()
              + " bytes; "
              + SMALLEST_MESSAGE
              + " or more were expected.");
    }
    return sdp;
  }

  private static String strongest(List<String> lines) {
    List<String> known =
        lines.stream()
            .map(FINGERPRINT::matcher)
            .filter(Matcher::matches)
            .map(
                m ->
                    m.group(1).toLowerCase(Locale.ROOT) + " " + m.group(2).toUpperCase(Locale.ROOT))
            .distinct()
            .toList();
    for (String algorithm : List.of("sha-256", "sha-512", "sha-384")) {
      List<String> those = known.stream().filter(f -> f.startsWith(algorithm + " ")).toList();
      if (those.size() == 1) {
        return those.get(0);
      }
    }
    throw new TransportException(
        "The session description has no usable fingerprint: one 'a=fingerprint' of sha-256, sha-384 or sha-512 was expected.");
  }

  /** Whether a candidate names an IP address, and no host name. */
  static boolean usable(String candidate) {
    String[] words = candidate.strip().split(" +");
    return words.length >= 8 && words[4].matches("[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  }

  /** Algorithm, space, upper-case digits; empty if there is none. */
  Optional<String> fingerprint() {
    Matcher matcher = FINGERPRINT.matcher(text);
    return matcher.find()
        ? Optional.of(
            matcher.group(1).toLowerCase(Locale.ROOT)
                + " "
                + matcher.group(2).toUpperCase(Locale.ROOT))
        : Optional.empty();
  }

  /** The largest message in bytes that may be sent to whoever described itself so. */
  int maxMessageSize() {
    long announced =
        text.lines()
            .map(String::strip)
            .filter(l -> l.matches("a=max-message-size:\\d{1,18}"))
            .mapToLong(l -> Long.parseLong(l.substring(l.indexOf(':') + 1)))
            .findFirst()
            .orElse(0);
    return announced == 0 ? DEFAULT_MAX_MESSAGE : (int) Math.min(announced, LARGEST_MESSAGE);
  }

  boolean hasCandidates() {
    return text.lines().anyMatch(l -> l.startsWith("a=candidate:"));
  }

  private static String shown(String line) {
    return line.length() > 80 ? line.substring(0, 80) + "…" : line;
  }
}
