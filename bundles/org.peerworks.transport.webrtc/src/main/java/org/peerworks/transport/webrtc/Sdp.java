package org.peerworks.transport.webrtc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

  /** Of ours; other programs pass over what they do not know (RFC 8866 §5.13). */
  private static final String RESTART = "a=x-peerworks-ice-restart";

  private static final Pattern LEGACY =
      Pattern.compile("m=application \\d{1,5} DTLS/SCTP (\\d{1,5})");
  private static final Pattern MODERN =
      Pattern.compile("m=application \\d{1,5} (UDP/|TCP/)?DTLS/SCTP webrtc-datachannel");
  private static final Pattern FINGERPRINT =
      Pattern.compile(
          "a=fingerprint:([a-z0-9-]{1,10}) ((?:[0-9a-f]{2}:){15,63}[0-9a-f]{2})",
          Pattern.CASE_INSENSITIVE);

  /** What else is handed on, once each: nothing that could be read in two ways. */
  private static final List<Pattern> ATTRIBUTES =
      Stream.of(
              "a=mid:[A-Za-z0-9._-]{1,32}",
              "a=ice-ufrag:[A-Za-z0-9+/]{4,256}",
              "a=ice-pwd:[A-Za-z0-9+/]{22,256}",
              "a=ice-options:[A-Za-z0-9+/ -]{1,64}",
              "a=ice-lite",
              "a=setup:(actpass|active|passive)",
              "a=sctp-port:\\d{1,5}",
              "a=max-message-size:\\d{1,18}",
              "a=end-of-candidates",
              RESTART)
          .map(Pattern::compile)
          .toList();

  private static final String SESSION = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
  private static final String MEDIA =
      "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n";

  /**
   * Reads what another peer sent, which may be anything, and writes it anew: only what is known and
   * well-formed gets to the native library, which has crashed on less. The old form of aiortc
   * ({@code m=… DTLS/SCTP 5000} with {@code a=sctpmap}) becomes the one of today; candidates with
   * host names are left out, since nobody's words shall make this machine look up names; of several
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
    Optional<String> oldPort = oldPort(lines);
    StringBuilder result = new StringBuilder(SESSION);
    first(lines, ATTRIBUTES.get(0))
        .ifPresent(mid -> line(result, "a=group:BUNDLE " + mid.substring("a=mid:".length())));
    result.append(MEDIA);
    line(result, "a=fingerprint:" + strongest(lines));
    oldPort.ifPresent(port -> line(result, "a=sctp-port:" + port));
    for (Pattern attribute : ATTRIBUTES) {
      first(lines, attribute)
          .filter(found -> oldPort.isEmpty() || !found.startsWith("a=sctp-port:"))
          .ifPresent(found -> line(result, found));
    }
    lines.stream()
        .filter(l -> l.startsWith("a=candidate:") && IceCandidates.usable(l.substring(2)))
        .limit(IceCandidates.MOST)
        .forEach(l -> line(result, l));
    Sdp sdp = new Sdp(result.toString());
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

  private static void line(StringBuilder lines, String line) {
    lines.append(line).append("\r\n");
  }

  private static Optional<String> first(List<String> lines, Pattern pattern) {
    return lines.stream().filter(l -> pattern.matcher(l).matches()).findFirst();
  }

  /** Checks the one media section; answers the SCTP port if it has the old form. */
  private static Optional<String> oldPort(List<String> lines) {
    List<String> media = lines.stream().filter(l -> l.startsWith("m=")).toList();
    if (media.size() != 1) {
      throw new TransportException(
          "The session description has "
              + media.size()
              + " media sections; one for data channels was expected.");
    }
    Matcher legacy = LEGACY.matcher(media.get(0));
    if (legacy.matches()) {
      return Optional.of(legacy.group(1));
    }
    if (!MODERN.matcher(media.get(0)).matches()) {
      throw new TransportException(
          "The session description is not for data channels: '" + shown(media.get(0)) + "'.");
    }
    return Optional.empty();
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

  /** The same, saying that this side can look for another network path later. */
  Sdp restartable() {
    return new Sdp(text + RESTART + "\r\n");
  }

  /** Whether whoever described itself so can look for another network path later. */
  boolean restarts() {
    return text.lines().anyMatch(RESTART::equals);
  }

  /** The name of the section, empty if it has none. */
  String mid() {
    return text.lines()
        .filter(l -> l.startsWith("a=mid:"))
        .map(l -> l.substring("a=mid:".length()))
        .findFirst()
        .orElse("");
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
    String printable = line.replaceAll("[^ -~]", "?");
    return printable.length() > 80 ? printable.substring(0, 80) + "…" : printable;
  }
}
