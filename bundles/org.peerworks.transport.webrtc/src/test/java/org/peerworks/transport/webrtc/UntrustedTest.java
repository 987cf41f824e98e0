package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.transport.api.TransportException;

class UntrustedTest {

  private static final String PRINT = "AB:".repeat(31) + "CD";
  private static final String OFFER =
      "v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n"
          + "a=fingerprint:sha-256 "
          + PRINT
          + "\r\n";

  @Test
  void descriptionsThatAreNoneAreRefused() {
    for (String bad :
        new String[] {
          "",
          "v=0\r\n",
          OFFER + OFFER.substring(OFFER.indexOf("m=")),
          OFFER.replace("m=application", "m=audio"),
          OFFER.replace("sha-256", "sha-1"),
          OFFER + "a=fingerprint:sha-256 " + PRINT.replace("AB", "EF") + "\r\n",
          OFFER + "a=x\r\n".repeat(20_000)
        }) {
      assertThatThrownBy(() -> Sdp.received(bad)).isInstanceOf(TransportException.class);
    }
  }

  @Test
  void candidatesWithHostNamesAreLeftOut() {
    String named = "a=candidate:1 1 udp 1 evil.example.org 1000 typ host\r\n";
    String plain = "a=candidate:1 1 udp 1 10.0.0.1 1000 typ host\r\n";
    assertThat(Sdp.received(OFFER + named + plain).text())
        .doesNotContain("evil")
        .contains("10.0.0.1");
  }

  @Test
  void theLargestMessageIsWhatTheOtherSideAnnounces() {
    assertThat(Sdp.received(OFFER).maxMessageSize()).isEqualTo(65_536);
    assertThat(announced("0")).isEqualTo(65_536);
    assertThat(announced("16384")).isEqualTo(16_384);
    assertThat(announced("999999999999")).isEqualTo(262_144);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "16", "1023"})
  void aPeerThatTakesOnlyTinyMessagesIsRefused(String size) {
    assertThatThrownBy(() -> announced(size)).hasMessageContaining("1024");
  }

  private static int announced(String size) {
    return Sdp.received(OFFER + "a=max-message-size:" + size + "\r\n").maxMessageSize();
  }

  @Test
  void aSenderOfTooManyOffersIsIgnoredForAWhile() {
    AtomicLong clock = new AtomicLong();
    OfferLimit limit = new OfferLimit(clock::get);
    for (int i = 0; i < OfferLimit.OFFERS; i++) {
      assertThat(limit.allows("a")).isTrue();
    }
    assertThat(limit.allows("a")).isFalse();
    assertThat(limit.allows("b")).isTrue();
    clock.addAndGet(OfferLimit.PERIOD_MILLIS);
    assertThat(limit.allows("a")).isTrue();
  }

  @Test
  void aMissingLibraryIsNamedWithItsPackage(@TempDir Path directory) {
    UnsatisfiedLinkError error =
        new UnsatisfiedLinkError(
            "/tmp/x.so: libpulse.so.0: cannot open shared object file: No such file or directory");
    assertThat(SharedLibraries.explain(error))
        .contains("'libpulse.so.0'")
        .contains("apt-get install libpulse0");
    NativeLibrary none = new NativeLibrary(directory, "absent", "libnone.so");
    assertThatThrownBy(none::load)
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("libnone.so");
  }
}
