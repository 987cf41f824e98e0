package org.peerworks.protocol.peerworks;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.peerworks.files.api.FileResolver;
import org.peerworks.job.api.JobAccess;
import org.peerworks.protocol.api.Introduction;
import org.peerworks.protocol.api.Protocol;
import org.peerworks.protocol.api.Reconnector;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.Engine;
import org.peerworks.protocol.peerworks.internal.Hello;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;

/** Our own protocol, both roles, on a channel of the label {@code peerworks}. */
@Component(
    configurationPid = "org.peerworks.protocol.peerworks",
    property = Protocol.NAME + "=" + PeerworksProtocol.LABEL)
@Designate(ocd = PeerworksConfig.class)
public final class PeerworksProtocol implements Protocol {

  static final String LABEL = Hello.LABEL;

  private final AtomicReference<JobAccess> jobs = new AtomicReference<>();
  private final AtomicReference<FileResolver> files = new AtomicReference<>();
  private final Engine engine;

  @Activate
  public PeerworksProtocol(BundleContext context, PeerworksConfig config) {
    String data = context.getProperty("peerworks.data");
    if (data == null) {
      throw new IllegalStateException(
          "The framework property 'peerworks.data' must name the data directory, but is not set."
              + " Start with bin/peerworks, or set it.");
    }
    String version = context.getProperty("peerworks.version");
    engine =
        new Engine(
            Path.of(data),
            Configured.settings(config, "peerworks " + (version == null ? "" : version)),
            jobs::get);
    engine.files(files::get);
  }

  /** The job engine may come and go; without it, calls are refused and connections stay. */
  @Reference(
      name = "jobs",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindJobs(JobAccess access) {
    jobs.set(access);
  }

  void unbindJobs(JobAccess access) {
    jobs.compareAndSet(access, null);
  }

  /** The same goes for the worker's files. */
  @Reference(
      name = "files",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindFiles(FileResolver resolver) {
    files.set(resolver);
  }

  void unbindFiles(FileResolver resolver) {
    files.compareAndSet(resolver, null);
  }

  @Deactivate
  void deactivate() {
    engine.close();
  }

  @Override
  public Object announcement() {
    engine.identify(); // whoever comes then will ask for it
    return Map.of("version", 1);
  }

  @Override
  public boolean accepts(String label) {
    return LABEL.equals(label);
  }

  @Override
  public void serve(Peer peer, Channel channel) {
    engine.serve(peer, channel);
  }

  @Override
  public boolean speaks(PeerInfo worker) {
    return worker.properties().get(LABEL) instanceof Map<?, ?> announced
        && announced.get("version") instanceof Number version
        && version.intValue() == 1;
  }

  @Override
  public CompletionStage<RemoteWorker> connect(Peer worker) {
    return worker
        .open(LABEL, ChannelOptions.DEFAULT)
        .thenCompose(channel -> engine.connect(worker, channel));
  }

  @Override
  public CompletionStage<RemoteWorker> connect(
      Peer worker, Introduction introduction, Reconnector way) {
    return engine.connect(worker, way);
  }
}
