package org.peerworks.protocol.sleap.internal.client;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.peerworks.protocol.api.Introduction;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.TransportException;

/** The client's role of the protocol: workers of sleap-rtc as workers of ours. */
public final class ClientSide implements AutoCloseable {

  /** As sleap-rtc's own command line calls its channel (sleap-rtc wire format §1.7). */
  public static final String LABEL = "my-data-channel";

  private final ClientSettings settings;
  private final ClientThreads threads = new ClientThreads();

  public ClientSide(ClientSettings settings) {
    this.settings = settings;
  }

  /**
   * Opens a channel to a worker, and proves who we are if it asks.
   *
   * @return fails with {@link TransportException}
   */
  public CompletionStage<RemoteWorker> connect(Peer peer, Introduction introduction) {
    Generation generation;
    try {
      generation =
          introduction.dialect().isBlank()
              ? Generation.of(introduction.worker())
              : Generation.named(introduction.dialect());
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(new TransportException(e.getMessage(), e));
    }
    return peer.open(LABEL, ChannelOptions.DEFAULT)
        .thenCompose(channel -> connect(peer, channel, generation, introduction));
  }

  private CompletionStage<RemoteWorker> connect(
      Peer peer, Channel channel, Generation generation, Introduction introduction) {
    WorkerLink link =
        new WorkerLink(
            channel,
            peer.id(),
            threads,
            settings.answer(),
            settings.keepAlive(),
            settings.window());
    return new Handshake(link, generation, introduction)
        .begin(settings)
        .<RemoteWorker>thenApply(
            info -> {
              try {
                return new SleapWorker(link, generation, info, settings, threads);
              } catch (IOException e) {
                throw new TransportException(
                    "No folder could be made below '" + settings.directory() + "'.", e);
              }
            })
        .whenComplete(
            (worker, failure) -> {
              if (failure != null) {
                link.close();
              }
            });
  }

  @Override
  public void close() {
    threads.close();
  }
}
