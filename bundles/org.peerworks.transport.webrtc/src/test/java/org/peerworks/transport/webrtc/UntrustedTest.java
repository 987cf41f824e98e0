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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "candidate:1 1 udp 2113937151 127.0.0.1 40000 typ host generation 0",
        "candidate:aB+/9 1 UDP 0 255.255.255.255 65535 typ relay raddr 10.0.0.1 rport 9",
        "candidate:1 2 tcp 4294967295 fe80::1 9 typ host tcptype active",
        "candidate:1 1 udp 1 1:2:3:4:5:6:7:8 9 typ srflx",
        "candidate:1 1 udp 1 ::ffff:10.0.0.1 9 typ prflx ufrag a+/1 network-cost 999"
      })
  void candidatesWithAddressesAreTaken(String candidate) {
    assertThat(IceCandidates.usable(candidate)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "candidate:",
        "candidate:1 1 udp 1 evil.example.org 1 typ host",
        "candidate:1 1 udp 1 999.1.1.1 1 typ host",
        "candidate:1 1 udp 1 1.1.1 1 typ host",
        "candidate:1 1 udp 1 1::2::3 1 typ host",
        "candidate:1 1 udp 1 :1 1 typ host",
        "candidate:1 1 udp 1 1:2:3:4:5:6:7:8:9 1 typ host",
        "candidate:1 1 udp 4294967296 1.1.1.1 1 typ host",
        "candidate:1 1 udp 1 1.1.1.1 65536 typ host",
        "candidate:1 3 udp 1 1.1.1.1 1 typ host",
        "candidate:1 1 sctp 1 1.1.1.1 1 typ host",
        "candidate:1 1 udp 1 1.1.1.1 1 typ host x %n%n%n%s",
        "candidate:%n%s 1 udp 1 1.1.1.1 1 typ host",
        "candidate:1 1 udp 1 fe80::1%eth0 1 typ host"
      })
  void candidatesThatAreNoneNeverReachTheNativeLibrary(String candidate) {
    assertThat(IceCandidates.usable(candidate)).isFalse();
  }

  @Test
  void whatIsNotKnownNeverReachesTheNativeLibrary() {
    String odd =
        "a=%n%n%s\r\na=mid:%s\r\na=mid:data\r\na=ice-ufrag:ab%n\r\na=ice-ufrag:abcd\r\na=x:\u0001\r\n";
    assertThat(Sdp.received(OFFER + odd).text())
        .isEqualTo(
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE data\r\n"
                + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n"
                + "a=fingerprint:sha-256 "
                + PRINT
                + "\r\na=mid:data\r\na=ice-ufrag:abcd\r\n");
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
    OfferLimit limit = new OfferLimit(6, clock::get);
    for (int i = 0; i < 6; i++) {
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
