package org.peerworks.protocol.sleap;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.peerworks.protocol.api.Introduction;
import org.peerworks.protocol.api.Protocol;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.sleap.internal.client.ClientSettings;
import org.peerworks.protocol.sleap.internal.client.ClientSide;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;

/** The wire format of sleap-rtc, towards the Python programs of its three generations. */
@Component(
    configurationPid = "org.peerworks.protocol.sleap",
    property = Protocol.NAME + "=" + SleapProtocol.NAME)
@Designate(ocd = SleapConfig.class)
public final class SleapProtocol implements Protocol {

  static final String NAME = "sleap-rtc";

  /**
   * Labels of the Python clients' channels (sleap-rtc wire format §1.7); they mean all the same.
   */
  private static final Set<String> LABELS =
      Set.of("my-data-channel", "browse", "pathcheck", "training", "inference");

  private final ClientSide client;

  @Activate
  public SleapProtocol(BundleContext context, SleapConfig config) {
    String data = context.getProperty("peerworks.data");
    if (data == null) {
      throw new IllegalStateException(
          "The framework property 'peerworks.data' must name the data directory, but is not set. Start with bin/peerworks, or set it.");
    }
    client = new ClientSide(ClientSettings.of(Path.of(data).resolve("received")));
  }

  @Deactivate
  void deactivate() {
    client.close();
  }

  @Override
  public Object announcement() {
    return Map.of("version", 1);
  }

  @Override
  public boolean accepts(String label) {
    return LABELS.contains(label);
  }

  @Override
  public void serve(Peer peer, Channel channel) {
    channel.close();
  }

  /** A worker of sleap-rtc announces nothing; one of ours is better spoken with in our own way. */
  @Override
  public boolean speaks(PeerInfo worker) {
    return !worker.properties().containsKey("peerworks");
  }

  @Override
  public CompletionStage<RemoteWorker> connect(Peer worker) {
    return connect(
        worker,
        new Introduction(
            new PeerInfo(worker.id(), Role.WORKER, List.of(), Map.of()),
            "",
            Optional.empty(),
            Optional.empty()));
  }

  @Override
  public CompletionStage<RemoteWorker> connect(Peer worker, Introduction introduction) {
    return client.connect(worker, introduction);
  }
}
