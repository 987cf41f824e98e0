package org.peerworks.transport.webrtc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.peerworks.signaling.api.Signal;

/** Spoils good session descriptions and candidates: always the same way for the same seed. */
final class HostileSdp {

  private static final List<String> LINES =
      List.of(
          "a=sctp-port:0",
          "a=sctp-port:99999",
          "a=max-message-size:1024",
          "a=max-message-size:18446744073709551615",
          "a=setup:active",
          "a=setup:passive",
          "a=setup:holdconn",
          "a=setup:",
          "a=mid:",
          "a=mid:data",
          "a=ice-ufrag:",
          "a=ice-ufrag:x",
          "a=ice-pwd:short",
          "a=ice-lite",
          "a=ice-options:renomination",
          "a=group:BUNDLE 0 1 2",
          "a=group:BUNDLE",
          "a=msid-semantic: WMS",
          "a=extmap-allow-mixed",
          "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x",
          "a=rtpmap:96 H264/90000",
          "a=ssrc:1 cname:x",
          "a=simulcast:send 1;2",
          "a=end-of-candidates",
          "a=candidate:1 1 udp 99999999999 127.0.0.1 99999 typ host",
          "a=candidate:1 1 tcp 1 127.0.0.1 9 typ host tcptype active",
          "a=candidate:1 1 udp 1 127.0.0.1 1 typ relay raddr 0.0.0.0 rport 0",
          "a=candidate:1 1 udp 1 ::1 1 typ srflx",
          "a=candidate:1 1 udp 1 999.999.999.999 1 typ host",
          "b=AS:-1",
          "c=IN IP6 ::",
          "t=x y",
          "o=- 1 1 IN IP4",
          "s=",
          "v=1",
          "m=application 0 UDP/DTLS/SCTP webrtc-datachannel");

  private final Random random;

  HostileSdp(Random random) {
    this.random = random;
  }

  String spoiled(String good) {
    List<String> lines = new ArrayList<>(good.lines().toList());
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(lines.size());
      switch (random.nextInt(8)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
        case 2, 3, 4 -> lines.add(random.nextInt(lines.size() + 1), pick(LINES));
        case 5 -> lines.set(at, changed(lines.get(at)));
        case 6 -> lines.set(at, lines.get(at) + "x".repeat(random.nextInt(5_000)));
        default -> Collections.swap(lines, at, random.nextInt(lines.size()));
      }
      if (lines.isEmpty()) {
        lines.add("v=0");
      }
    }
    return lines.stream().collect(Collectors.joining(random.nextInt(9) == 0 ? "\n" : "\r\n"))
        + "\r\n";
  }

  Signal.Candidate candidate(String peer) {
    String line =
        pick(LINES.stream().filter(l -> l.startsWith("a=candidate:")).toList()).substring(2);
    return new Signal.Candidate(
        peer,
        random.nextInt(3) == 0 ? changed(line) : line,
        pick(List.of("0", "", "data", "x".repeat(random.nextInt(100)))),
        pick(List.of(0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE)));
  }

  private String changed(String line) {
    StringBuilder changed = new StringBuilder(line);
    for (int changes = 1 + random.nextInt(3); changes > 0 && changed.length() > 1; changes--) {
      int at = random.nextInt(changed.length());
      switch (random.nextInt(4)) {
        case 0 -> changed.deleteCharAt(at);
        case 1 -> changed.setCharAt(at, (char) (1 + random.nextInt(300)));
        case 2 -> changed.insert(at, random.nextLong());
        default -> changed.insert(at, pick(List.of(" ", ":", "=", "\u0000", "%n%s", "-", "é")));
      }
    }
    return changed.toString();
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
