package org.peerworks.protocol.sleap.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.peerworks.protocol.sleap.internal.wire.RunReply;
import org.peerworks.protocol.sleap.internal.wire.WorkerMessages;

final class GeneratedLogTest {

  @Property(tries = 300)
  void howALogIsDeliveredDoesNotChangeHowItIsCut(
      @ForAll @Size(max = 60) List<@From("parts") String> parts,
      @ForAll @IntRange(min = 1, max = 100) int pieces) {
    byte[] log = String.join("", parts).getBytes(StandardCharsets.UTF_8);

    assertThat(SmallPartsTest.cut(log, pieces)).isEqualTo(SmallPartsTest.cut(log, 1));
  }

  @Property(tries = 500)
  void noLineOfALogIsEverReadAsAMessage(@ForAll @Size(max = 6) List<@From("words") String> words) {
    String line = LogText.raw(String.join("", words));

    assertThat(WorkerMessages.read(line + "\n")).isInstanceOf(RunReply.LogText.class);
    for (String name : WorkerMessages.names()) {
      if (!name.equals("CR")) {
        assertThat(line).doesNotContain(name.replace(":", "") + "::");
      }
    }
  }

  @Provide
  Arbitrary<String> parts() {
    return Arbitraries.of("a", "ä", "😀", "\n", "\r", "\r\n", "50 %", " ");
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.of(WorkerMessages.names())
        .flatMap(
            name -> Arbitraries.of(name, name + "::", name + ":", "::", ":", " ", "x", "CR::"));
  }
}
