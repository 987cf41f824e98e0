package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;

/** The native library holds each message that it has received until its threads end. */
class ReceiveLeakTest {

  private static final int MESSAGES = 2_000;

  @TempDir Path directory;

  @Test
  void theEndOfAConnectionFreesWhatTheNativeLibraryHeld() throws Exception {
    try (Pair pair = new Pair(directory)) {
      Peer client = pair.connect();
      Channel here = Pair.open(client, "data");
      Peer worker = pair.accepted();
      Channel there = pair.arrived();
      Collected received = new Collected();
      there.receive(received);
      for (int i = 0; i < MESSAGES; i++) {
        here.send("x");
      }
      await().until(() -> received.texts.size() == MESSAGES);
      assertThat(live("dev.onvoid.webrtc.RTCDataChannelBuffer"))
          .as("the leak that this is about")
          .isGreaterThanOrEqualTo(MESSAGES);

      worker.close();
      Pair.get(worker.closed());
      Pair.get(client.closed());
      await()
          .untilAsserted(() -> assertThat(live("dev.onvoid.webrtc.RTCDataChannelBuffer")).isZero());
    }
  }

  /** Live instances of a class, after a collection. */
  private static long live(String className) throws Exception {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    return histogram
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(words -> words.length > 3 && words[3].equals(className))
        .mapToLong(words -> Long.parseLong(words[1]))
        .sum();
  }
}
