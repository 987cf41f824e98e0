package org.peerworks.signaling.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionStringTest {

  private static final String PREFIX = "sleap-session:";

  /** As sleap-rtc's documentation prints it. */
  private static final String PRINTED =
      "sleap-session:eyJyIjogImFiYzEyMyIsICJ0IjogImRlZjQ1NiIsICJwIjogIndvcmtlci0xMjM0In0=";

  private static final SessionString MEANT = new SessionString("abc123", "def456", "worker-1234");

  @Test
  void theDocumentedExampleIsReadAndWrittenAlike() {
    assertThat(SessionString.decode(PRINTED)).isEqualTo(MEANT);
    assertThat(MEANT.encode()).isEqualTo(PRINTED);
  }

  @Test
  void spacingAndEscapesAreThoseOfPython() {
    SessionString odd = new SessionString("ro\"om\\/", "tök\n\t\u007f😀", "w'p");
    assertThat(new String(Base64.getUrlDecoder().decode(body(odd)), StandardCharsets.US_ASCII))
        .isEqualTo(
            "{\"r\": \"ro\\\"om\\\\/\", \"t\": \"t\\u00f6k\\n\\t\\u007f\\ud83d\\ude00\", \"p\": \"w'p\"}");
    assertThat(SessionString.decode(odd.encode())).isEqualTo(odd);
  }

  @Test
  void paddingAndSpacesAroundMayBeMissingOrThere() {
    assertThat(SessionString.decode(PRINTED.replace("=", ""))).isEqualTo(MEANT);
    assertThat(SessionString.decode("  " + PRINTED + "\n")).isEqualTo(MEANT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"r\":\"abc123\",\"t\":\"def456\",\"p\":\"worker-1234\"}",
        " {\n\t\"p\" : \"worker-1234\" ,\r\n \"r\" : \"abc123\", \"t\" :\"def456\" } ",
        "{\"x\": \"more\", \"r\": \"abc123\", \"t\": \"def456\", \"p\": \"worker\\u002d1234\"}"
      })
  void anySpacingAndOrderIsRead(String json) {
    assertThat(SessionString.decode(encoded(json))).isEqualTo(MEANT);
  }

  @Test
  void theAlphabetOfPlainBase64IsReadToo() {
    SessionString session = new SessionString("??>>", "~~~~", "ÿÿ??");
    String plain = session.encode().replace('-', '+').replace('_', '/');
    assertThat(SessionString.decode(plain.replaceFirst("sleap\\+session", "sleap-session")))
        .isEqualTo(session);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"r\": \"a\", \"t\": \"b\"}",
        "{\"r\": \"a\", \"t\": \"b\", \"p\": 3}",
        "{\"r\": \"a\", \"t\": \"b\", \"p\": \"c\",}",
        "{\"r\": \"a\", \"t\": \"b\" \"p\": \"c\"}",
        "{\"r\": \"a\", \"t\": \"b\", \"p\": \"c\"} {}",
        "{\"r\": \"a\", \"t\": \"b\", \"p\": \"c}",
        "{\"r\": \"a\", \"t\": \"b\", \"p\": \"\\x\"}",
        "{\"r\": \"a\", \"t\": \"b\", \"p\": \"\\u12\"}",
        "{\"r\": \"a\", \"t\": \"b\", \"p\": \"c\nd\"}"
      })
  void whatIsNotASessionIsRefused(String json) {
    assertThatThrownBy(() -> SessionString.decode(encoded(json)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("copy it whole from the worker's output");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sleap-session", "SLEAP-SESSION:e30=", "sleap-session:%%%", "e30="})
  void whatIsNotEncodedIsRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> SessionString.decode(text + "secret!"))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void theTokenIsNotInTheDescription() {
    assertThat(MEANT.toString()).contains("abc123", "worker-1234").doesNotContain("def456");
  }

  @Test
  void aLongTextIsRefusedAndTheLongestAllowedIsRead() {
    String longest = "\\n".repeat(1480);
    String json = "{\"r\": \"" + longest + "\", \"t\": \"b\", \"p\": \"c\"}";
    assertThat(encoded(json).length()).isBetween(3900, 4096);
    assertThat(SessionString.decode(encoded(json)).roomId()).hasSize(1480);
    String tooLong = "{\"r\": \"" + "a".repeat(4000) + "\", \"t\": \"b\", \"p\": \"c\"}";
    assertThatThrownBy(() -> SessionString.decode(encoded(tooLong)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A deep call chain would not fit here. */
  @Test
  void aLongTextIsReadOnASmallStack() throws InterruptedException {
    String json = "{\"r\": \"" + "\\n".repeat(1480) + "\", \"t\": \"b\", \"p\": \"c\"}";
    Throwable[] failure = new Throwable[1];
    Thread thread = new Thread(null, () -> SessionString.decode(encoded(json)), "small", 1 << 17);
    thread.setUncaughtExceptionHandler((where, e) -> failure[0] = e);
    thread.start();
    thread.join();
    assertThat(failure[0]).isNull();
  }

  @Property
  void whatWasWrittenIsRead(
      @ForAll @StringLength(max = 100) String room,
      @ForAll @StringLength(max = 100) String token,
      @ForAll @StringLength(max = 100) String peer) {
    SessionString session = new SessionString(room, token, peer);
    assertThat(SessionString.decode(session.encode())).isEqualTo(session);
    assertThat(SessionString.decode(session.encode().replace("=", ""))).isEqualTo(session);
  }

  @Property
  void anyTextIsReadOrRefused(@ForAll @StringLength(max = 300) String json) {
    readOrRefuse(encoded(json));
    readOrRefuse(encoded("{\"r\": \"" + json + "\", \"t\": \"b\", \"p\": \"c\"}"));
    readOrRefuse(PREFIX + json);
  }

  @Property
  void anyChangeIsReadOrRefused(
      @ForAll @IntRange(max = 60) int place, @ForAll @Size(max = 5) byte[] by) {
    byte[] json =
        "{\"r\": \"abc123\", \"t\": \"de\\u0066456\", \"p\": \"worker\"}"
            .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < by.length && place + i < json.length; i++) {
      json[place + i] = by[i];
    }
    readOrRefuse(PREFIX + Base64.getUrlEncoder().encodeToString(json));
  }

  private static void readOrRefuse(String text) {
    try {
      SessionString session = SessionString.decode(text);
      assertThat(SessionString.decode(session.encode())).isEqualTo(session);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).contains("copy it whole from the worker's output");
    }
  }

  private static String body(SessionString session) {
    return session.encode().substring(PREFIX.length());
  }

  private static String encoded(String json) {
    return PREFIX + Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
