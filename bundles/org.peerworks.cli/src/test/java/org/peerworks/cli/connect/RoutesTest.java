package org.peerworks.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.peerworks.cli.CommandFailure;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Room;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Transport;
import org.peerworks.transport.api.TransportException;

/** Which transport leads to a worker. */
class RoutesTest {

  private static final PeerInfo WORKER = new PeerInfo("w", Role.WORKER, List.of(), Map.of());

  private final List<String> tried = new ArrayList<>();
  private final List<Services.Named<Transport>> transports = new ArrayList<>();

  @Test
  void theOneThatIsPreferredIsTriedFirstAndTheOthersWhereItFails() {
    add("slow", 0, true);
    add("quick", 100, true);
    add("slowest", -5, true);
    assertThatThrownBy(this::take)
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("quick: No. slow: No. slowest: No.");
    assertThat(tried).containsExactly("quick", "slow", "slowest");
  }

  @Test
  void oneThatDoesNotLeadToTheWorkerIsLeftOut() {
    add("webrtc", 0, true);
    add("direct", 100, false);
    assertThatThrownBy(this::take).hasMessageContaining("webrtc: No.");
    assertThat(tried).containsExactly("webrtc");
  }

  @Test
  void whereNoneLeadsToTheWorkerThatIsSaid() {
    add("direct", 100, false);
    assertThatThrownBy(this::take)
        .hasMessageContaining("No transport of this program leads to it.");
    assertThat(tried).isEmpty();
  }

  private void take() throws InterruptedException {
    new Routes(new Listed()).take(null, WORKER);
  }

  private void add(String name, int preference, boolean leads) {
    transports.add(new Services.Named<>(name, preference, new Failing(name, leads)));
  }

  private final class Listed implements Services {
    @Override
    public <T> Optional<T> await(Class<T> type, String filter, Duration atMost) {
      return Optional.empty();
    }

    @Override
    public <T> List<Named<T>> all(Class<T> type, String nameProperty) {
      return transports.stream()
          .map(named -> new Named<>(named.name(), named.preference(), type.cast(named.service())))
          .toList();
    }
  }

  private final class Failing implements Transport {
    private final String name;
    private final boolean leads;

    Failing(String name, boolean leads) {
      this.name = name;
      this.leads = leads;
    }

    @Override
    public boolean leadsTo(PeerInfo peer) {
      return leads;
    }

    @Override
    public CompletionStage<Peer> connect(Room room, String peerId) {
      tried.add(name);
      return CompletableFuture.failedStage(new TransportException("No."));
    }

    @Override
    public AutoCloseable accept(Room room, Consumer<Peer> accepted) {
      throw new UnsupportedOperationException("A client accepts nobody.");
    }
  }
}
