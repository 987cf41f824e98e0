package org.peerworks.protocol.sleap;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.peerworks.protocol.api.Protocol;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.TransportException;

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

  @Activate
  public SleapProtocol(SleapConfig config) {}

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

  @Override
  public boolean speaks(PeerInfo worker) {
    return false;
  }

  @Override
  public CompletionStage<RemoteWorker> connect(Peer worker) {
    return CompletableFuture.failedFuture(
        new TransportException("Python workers cannot be reached yet."));
  }
}
