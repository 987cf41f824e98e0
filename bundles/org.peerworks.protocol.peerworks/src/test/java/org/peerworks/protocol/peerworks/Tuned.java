package org.peerworks.protocol.peerworks;

import java.time.Duration;
import java.util.Set;
import org.peerworks.protocol.peerworks.internal.ClientLimits;
import org.peerworks.protocol.peerworks.internal.ReconnectLimits;
import org.peerworks.protocol.peerworks.internal.SessionLimits;
import org.peerworks.protocol.peerworks.internal.Settings;
import org.peerworks.protocol.peerworks.internal.transfer.UploadLimits;
import org.peerworks.protocol.peerworks.internal.wire.LinkLimits;

/** The settings of tests, with some of them changed. */
final class Tuned {

  private Set<String> operators = Set.of();
  private LinkLimits link = LinkLimits.DEFAULT;
  private UploadLimits uploads =
      new UploadLimits(
          1L << 32, 1L << 33, 100, 1 << 20, Duration.ofHours(1), Duration.ofSeconds(1));
  private ClientLimits clients = new ClientLimits(8, 16, 16, Duration.ofSeconds(60));
  private SessionLimits session = SessionLimits.DEFAULT;
  private long hashFirst = Settings.HASH_FIRST;
  private Duration reconnect = Duration.ofSeconds(60);

  Tuned operators(String... identities) {
    operators = Set.of(identities);
    return this;
  }

  Tuned link(LinkLimits limits) {
    link = limits;
    return this;
  }

  Tuned uploads(UploadLimits limits) {
    uploads = limits;
    return this;
  }

  Tuned clients(ClientLimits limits) {
    clients = limits;
    return this;
  }

  Tuned session(SessionLimits limits) {
    session = limits;
    return this;
  }

  /** Only files of at most so many bytes are hashed before they are offered. */
  Tuned hashFirst(long bytes) {
    hashFirst = bytes;
    return this;
  }

  /** How long a worker that was lost is looked for. */
  Tuned reconnect(Duration most) {
    reconnect = most;
    return this;
  }

  Settings get() {
    return new Settings(
        "peerworks test",
        "anna@laptop",
        operators,
        link,
        uploads,
        clients,
        session,
        hashFirst,
        1 << 20,
        new ReconnectLimits(reconnect, Duration.ofMillis(10), Duration.ofMillis(200)));
  }
}
