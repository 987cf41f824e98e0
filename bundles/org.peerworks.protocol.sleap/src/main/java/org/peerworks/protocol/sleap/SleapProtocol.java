package org.peerworks.protocol.sleap;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.peerworks.files.api.Mounts;
import org.peerworks.job.api.JobAccess;
import org.peerworks.lib.account.Places;
import org.peerworks.protocol.api.Introduction;
import org.peerworks.protocol.api.Protocol;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.sleap.internal.Threads;
import org.peerworks.protocol.sleap.internal.auth.RoomAuthentication;
import org.peerworks.protocol.sleap.internal.auth.SecretVerifier;
import org.peerworks.protocol.sleap.internal.client.ClientSettings;
import org.peerworks.protocol.sleap.internal.client.ClientSide;
import org.peerworks.protocol.sleap.internal.worker.Services;
import org.peerworks.protocol.sleap.internal.worker.WorkerLimits;
import org.peerworks.protocol.sleap.internal.worker.WorkerSide;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Room;
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

  private final AtomicReference<JobAccess> jobs = new AtomicReference<>();
  private final AtomicReference<Mounts> mounts = new AtomicReference<>();
  private final AtomicReference<FileResolver> resolver = new AtomicReference<>();
  private final Threads threads;
  private final RoomAuthentication authentication;
  private final WorkerSide worker;
  private final ClientSide client;

  @Activate
  public SleapProtocol(BundleContext context, SleapConfig config) {
    String data = context.getProperty("peerworks.data");
    if (data == null) {
      throw new IllegalStateException(
          "The framework property 'peerworks.data' must name the data directory, but is not set. Start with bin/peerworks, or set it.");
    }
    Path directory = Path.of(data);
    Optional<SecretVerifier> secret = Configured.secret(config, directory.resolve("keys"));
    authentication =
        new RoomAuthentication(
            Configured.secrets(secret, Places.ofProcess()),
            config.requireAuthentication(),
            Configured.keysAge(config));
    WorkerLimits limits = Configured.limits(config);
    threads = new Threads();
    worker =
        new WorkerSide(
            directory,
            limits,
            Configured.places(config),
            new Services(jobs::get, mounts::get, resolver::get),
            authentication,
            threads);
    client = new ClientSide(ClientSettings.of(directory.resolve("received")));
  }

  /** The job engine may come and go; without it, jobs are refused and connections stay. */
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

  @Reference(
      name = "mounts",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindMounts(Mounts service) {
    mounts.set(service);
  }

  void unbindMounts(Mounts service) {
    mounts.compareAndSet(service, null);
  }

  @Reference(
      name = "resolver",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindResolver(FileResolver service) {
    resolver.set(service);
  }

  void unbindResolver(FileResolver service) {
    resolver.compareAndSet(service, null);
  }

  /** The worker's room, whose server may say who may use the worker, and pass jobs on. */
  @Reference(
      name = "room",
      target = "(room.role=worker)",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindRoom(Room room) {
    authentication.entered(room);
    worker.entered(room);
  }

  /** What holds for its peers goes on to hold until there is another one. */
  void unbindRoom(Room room) {
    worker.left(room);
  }

  @Deactivate
  void deactivate() {
    client.close();
    worker.close();
    threads.close();
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
    worker.serve(peer, channel);
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
