package org.peerworks.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.peerworks.files.api.Mounts;
import org.peerworks.health.api.MetricSource;
import org.peerworks.health.api.Metrics;
import org.peerworks.health.api.Vitals;
import org.peerworks.job.api.Intake;
import org.peerworks.job.api.JobAccess;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.Slots;
import org.peerworks.protocol.api.Protocol;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.Signaling;
import org.peerworks.transport.api.Transport;

/** Keeps this worker in a room, and serves the peers that come over any transport. */
@Component(
    service = {WorkerRoom.class, Vitals.class, MetricSource.class},
    immediate = true,
    configurationPid = "org.peerworks.worker",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = WorkerRoom.Config.class)
public final class WorkerRoom implements Vitals, MetricSource {

  @ObjectClassDefinition(
      id = "org.peerworks.worker",
      name = "Worker",
      description = "The room of this worker, and who may connect to it")
  @interface Config {
    @AttributeDefinition(description = "WebSocket address of the signalling server")
    String serverWebSocket() default "ws://127.0.0.1:8080";

    @AttributeDefinition(description = "HTTP address of the signalling server")
    String serverHttp() default "http://127.0.0.1:8001";

    @AttributeDefinition(description = "Room to enter; empty for the one it was in, or a new one")
    String room() default "";

    @AttributeDefinition(description = "Token of the room")
    String token() default "";

    @AttributeDefinition(
        description = "Worker token (slp_…) or account key (slp_acct_…) instead of a token; secret")
    String key() default "";

    @AttributeDefinition(description = "File that holds such a key and nothing else")
    String keyFile() default "";

    @AttributeDefinition(description = "Name of this worker for people; empty for the host's")
    String name() default "";

    @AttributeDefinition(
        description =
            "Peers that may be connected at once; keep it below 'maxPeers' of the transport, and above what the protocols take",
        min = "1",
        max = "10000")
    int maxPeers() default 120;

    @AttributeDefinition(
        description = "Channels of one peer that are served at once",
        min = "1",
        max = "1000")
    int maxPeerChannels() default 16;

    @AttributeDefinition(
        description = "Seconds that a peer may be connected without a channel that is served",
        min = "1",
        max = "86400")
    int channelTimeoutSeconds() default 30;
  }

  /** Time between two looks at what may have mended itself. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final Wishes wishes;
  private final String version;
  private final Publication.Publisher publisher;
  private final Agenda agenda = new Agenda();
  private final Protocols protocols = new Protocols();
  private final Announcement announcement;
  private final Announcer announcer;
  private final Peers peers;
  private final Doors doors;
  private final RoomKeeper keeper;
  private volatile Mounts mounts;
  private volatile Optional<Room> room = Optional.empty();
  private Optional<Publication> publication = Optional.empty();

  @Activate
  public WorkerRoom(
      BundleContext context, @Reference(name = "signaling") Signaling signaling, Config config) {
    this(signaling, config, data(context), version(context), Publication.in(context));
  }

  WorkerRoom(
      Signaling signaling,
      Config config,
      Path data,
      String version,
      Publication.Publisher publisher) {
    this.wishes = Wishes.of(config);
    this.version = version;
    this.publisher = publisher;
    announcement = new Announcement(config.name(), version, protocols);
    announcer = new Announcer(announcement, agenda);
    peers =
        new Peers(
            Settings.positive("maxPeers", config.maxPeers()),
            Settings.positive("maxPeerChannels", config.maxPeerChannels()),
            Duration.ofSeconds(
                Settings.positive("channelTimeoutSeconds", config.channelTimeoutSeconds())),
            protocols,
            agenda);
    doors = new Doors(peers);
    RoomFile file = new RoomFile(data, wishes.key().isPresent());
    keeper =
        new RoomKeeper(signaling, wishes, file, agenda, announcement::describe, new RoomListener());
  }

  private static Path data(BundleContext context) {
    String data = context.getProperty("peerworks.data");
    if (data == null) {
      throw new IllegalStateException(
          "The framework property 'peerworks.data' is not set; set it to the data directory.");
    }
    return Path.of(data);
  }

  private static String version(BundleContext context) {
    String version = context.getProperty("peerworks.version");
    return version == null
        ? FrameworkUtil.getBundle(WorkerRoom.class).getVersion().toString()
        : version;
  }

  /** Begins to enter the room; returns at once. */
  @Activate
  void start() {
    agenda.soon(keeper::enter);
    agenda.later(LOOK, this::look);
  }

  /** What keeps a protocol from serving may end, such as a full disk. */
  private void look() {
    if (!protocols.problem().isEmpty()) {
      announcer.changed();
    }
    tellProblem();
    agenda.later(LOOK, this::look);
  }

  /** Closes all peers and leaves. Returns within seconds. */
  @Deactivate
  void stop() {
    agenda.close();
    announcer.close();
    doors.closeAll();
    peers.close();
    room = Optional.empty();
    unpublish();
    keeper.close();
  }

  @Override
  public Map<String, CompletionStage<?>> ask() {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    if (!agenda.soon(() -> answer.complete(null))) {
      answer.completeExceptionally(new IllegalStateException("It is stopping."));
    }
    return Map.of("room keeper", answer);
  }

  @Override
  public void measure(Metrics to) {
    peers.measure(to);
  }

  private void unpublish() {
    publication.ifPresent(Publication::end);
    publication = Optional.empty();
  }

  private void tellProblem() {
    publication.ifPresent(now -> now.problem(problem()));
  }

  private String problem() {
    return doors.problem().isEmpty() ? protocols.problem() : doors.problem();
  }

  private final class RoomListener implements RoomKeeper.Listener {

    @Override
    public void entered(Room here) {
      room = Optional.of(here);
      doors.openAll(here);
      announcement.transports(doors.announcements());
      publication = Optional.of(publisher.publish(here, problem()));
      announcer.room(room);
    }

    @Override
    public void left(Room here) {
      room = Optional.empty();
      announcer.room(room);
      doors.closeAll();
      announcement.transports(doors.announcements());
      unpublish();
    }
  }

  /** On the agenda's thread. */
  private void doorsChanged() {
    announcement.transports(doors.announcements());
    announcer.changedNow();
    tellProblem();
  }

  @Reference(
      name = "transports",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addTransport(Transport transport, Map<String, Object> properties) {
    agenda.soon(
        () -> {
          doors.add(name(properties, Transport.NAME), transport);
          doorsChanged();
        });
  }

  void removeTransport(Transport transport) {
    agenda.soon(
        () -> {
          doors.remove(transport);
          doorsChanged();
        });
  }

  @Reference(
      name = "protocols",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addProtocol(Protocol protocol, Map<String, Object> properties) {
    protocols.add(name(properties, Protocol.NAME), protocol);
    announcer.changed();
  }

  void removeProtocol(Protocol protocol) {
    protocols.remove(protocol);
    announcer.changed();
  }

  @Reference(
      name = "jobs",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setJobs(JobAccess access) {
    announcer.jobs(access);
  }

  void unsetJobs(JobAccess access) {
    announcer.jobsGone(access);
  }

  @Reference(
      name = "slots",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setSlots(Slots slots) {
    announcer.slots(slots);
  }

  void unsetSlots(Slots slots) {
    announcer.slotsGone(slots);
  }

  @Reference(
      name = "intake",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setIntake(Intake intake) {
    announcer.intake(intake);
  }

  void unsetIntake(Intake intake) {
    announcer.intakeGone(intake);
  }

  @Reference(
      name = "mounts",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setMounts(Mounts now) {
    mounts = now;
    announcement.mounts(Optional.of(now));
    announcer.changed();
  }

  void updatedMounts(Mounts same) {
    announcer.changed();
  }

  void unsetMounts(Mounts gone) {
    if (mounts == gone) { // unless others have come in their place
      mounts = null;
      announcement.mounts(Optional.empty());
      announcer.changed();
    }
  }

  /** The engine knows the types; here they only tell that something changed. */
  @Reference(
      name = "jobTypes",
      service = JobType.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addJobType(ServiceReference<JobType> type) {
    announcer.changed();
  }

  void removeJobType(ServiceReference<JobType> type) {
    announcer.changed();
  }

  private static String name(Map<String, Object> properties, String key) {
    return String.valueOf(properties.getOrDefault(key, "?"));
  }

  Peers peers() {
    return peers;
  }

  WorkerInfo info() {
    Optional<Room> here = room;
    return new WorkerInfo(
        announcement.name(),
        version,
        wishes.server().webSocket().toString(),
        here.map(in -> in.session().roomId()).orElse(""),
        here.map(Room::connected).orElse(false),
        here.map(in -> in.session().encode()).orElse(""),
        announcement.status(),
        announcement.closed(),
        announcement.slots(),
        peers.count(),
        doors.transports(),
        protocols.names(),
        announcement.jobTypes(),
        announcement.mountNames());
  }
}
