package org.peerworks.cli.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.Invocation.Target;
import org.peerworks.cli.command.Server;
import org.peerworks.cli.connect.Services.Named;
import org.peerworks.cli.terminal.Console;
import org.peerworks.protocol.api.Introduction;
import org.peerworks.protocol.api.Protocol;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.signaling.api.JoinRequest;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Proof;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.signaling.api.SessionString;
import org.peerworks.signaling.api.Signaling;
import org.peerworks.signaling.api.SignalingException;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Transport;
import org.peerworks.transport.api.TransportException;

/** Finds a worker in its room, and connects to it. */
public final class Connector {

  private static final Duration START = Duration.ofSeconds(10);
  private static final String OWN_PROTOCOL = "peerworks";
  private static final String FOREIGN_PROTOCOL = "sleap-rtc";

  private final Services services;
  private final Console console;
  private final boolean quiet;

  private Connector(Services services, Console console, boolean quiet) {
    this.services = services;
    this.console = console;
    this.quiet = quiet;
  }

  /** Says what it does. */
  public Connector(Services services, Console console) {
    this(services, console, false);
  }

  /** Leaves the output to the command. */
  public static Connector quiet(Services services, Console console) {
    return new Connector(services, console, true);
  }

  /**
   * Checks what can be checked before anything is prepared or sent.
   *
   * @throws CommandFailure if the session string is none
   */
  public static void check(Target target) {
    session(target);
  }

  /**
   * Connects.
   *
   * @throws CommandFailure with the reason
   * @throws InterruptedException if this thread was interrupted; nothing is left open
   */
  public Connection open(Target target) throws InterruptedException {
    Optional<SessionString> session = session(target);
    status("Entering the room at " + target.server().webSocket() + " ...");
    Signaling signaling =
        services
            .await(Signaling.class, "", START)
            .orElseThrow(() -> missing("signalling client", "org.peerworks.signaling.client"));
    JoinRequest request = request(target, session);
    Room room = join(signaling, request);
    try {
      return connect(signaling, request, room, target, session);
    } catch (InterruptedException | RuntimeException e) {
      room.close();
      throw e;
    } finally {
      console.endStatus();
    }
  }

  private Connection connect(
      Signaling signaling,
      JoinRequest request,
      Room room,
      Target target,
      Optional<SessionString> session)
      throws InterruptedException {
    PeerInfo worker = worker(room, target, session);
    Protocol protocol = protocol(worker, target.choice().protocol());
    Introduction introduction = introduction(room, worker, target);
    status("Connecting to worker '" + WorkerChoice.name(worker) + "' ...");
    Peer peer = peer(room, worker);
    WayBack way = new WayBack(signaling, request, room, worker, peer, this::again);
    try {
      RemoteWorker remote = Stages.await(protocol.connect(peer, introduction, way));
      String name = WorkerChoice.name(worker);
      console.endStatus();
      if (!quiet) {
        console.say("Connected to worker '" + name + "' (" + remote.description() + ").");
        console.event(
            "connected", "worker", worker.id(), "name", name, "transport", peer.transport());
      }
      remote.onLink(new LinkNews(console, name, quiet));
      return new Connection(remote, worker, way::close);
    } catch (TransportException e) {
      peer.close();
      throw CommandFailure.noConnection(
          "Worker '" + WorkerChoice.name(worker) + "' does not take calls: " + e.getMessage(), e);
    } catch (InterruptedException | RuntimeException e) {
      peer.close();
      throw e;
    }
  }

  private void status(String line) {
    if (!quiet || console.terminal()) {
      console.status(line);
    }
  }

  private static Optional<SessionString> session(Target target) {
    try {
      return target.session().map(SessionString::decode);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(e.getMessage(), e);
    }
  }

  private static JoinRequest request(Target target, Optional<SessionString> session) {
    Server server = target.server();
    Optional<String> token =
        session.map(SessionString::token).or(target::token).filter(text -> !text.isBlank());
    return new JoinRequest(
        new ServerAddress(server.webSocket(), server.http()),
        session.map(SessionString::roomId).or(target::room),
        token,
        new PeerInfo("", Role.CLIENT, List.of(), Map.of()),
        token.isPresent() ? Proof.ANONYMOUS : Account.of(target.access()).proof(server.http()),
        false);
  }

  private Room join(Signaling signaling, JoinRequest request) throws InterruptedException {
    try {
      return Stages.await(signaling.join(request));
    } catch (SignalingException e) {
      throw CommandFailure.noConnection(e.getMessage(), e);
    } finally {
      console.endStatus();
    }
  }

  private PeerInfo worker(Room room, Target target, Optional<SessionString> session)
      throws InterruptedException {
    try {
      List<PeerInfo> workers = Stages.await(room.discover(Role.WORKER));
      Optional<String> wanted =
          session.map(SessionString::peerId).or(() -> target.choice().workerId());
      if (wanted.isPresent() && workers.stream().noneMatch(w -> w.id().equals(wanted.get()))) {
        // The first workers of sleap-rtc do not say that they are workers.
        List<PeerInfo> all = Stages.await(room.discover(Role.PEER));
        Optional<PeerInfo> silent =
            all.stream()
                .filter(peer -> peer.id().equals(wanted.get()) && peer.role() != Role.CLIENT)
                .findFirst();
        if (silent.isPresent()) {
          return silent.get();
        }
      }
      return new WorkerChoice(console).choose(workers, wanted, target);
    } catch (SignalingException e) {
      throw CommandFailure.noConnection(e.getMessage(), e);
    }
  }

  /**
   * @param forced {@code peerworks}, or a generation of sleap-rtc; blank for what the worker
   *     speaks, our own before others
   */
  private Protocol protocol(PeerInfo worker, String forced) throws InterruptedException {
    services
        .await(Protocol.class, "", START)
        .orElseThrow(() -> missing("protocol", "org.peerworks.protocol.peerworks"));
    List<Named<Protocol>> protocols = new ArrayList<>(services.all(Protocol.class, Protocol.NAME));
    if (!forced.isEmpty()) {
      String name = forced.equals(OWN_PROTOCOL) ? forced : FOREIGN_PROTOCOL;
      return protocols.stream()
          .filter(named -> named.name().equals(name))
          .map(Named::service)
          .findFirst()
          .orElseThrow(() -> missing("protocol '" + name + "'", "org.peerworks.protocol.*"));
    }
    protocols.sort(Comparator.comparing(named -> !named.name().equals(OWN_PROTOCOL)));
    return protocols.stream()
        .map(Named::service)
        .filter(protocol -> protocol.speaks(worker))
        .findFirst()
        .orElseThrow(
            () ->
                CommandFailure.noConnection(
                    "Worker '"
                        + WorkerChoice.name(worker)
                        + "' speaks no protocol that this program knows. Update the older of"
                        + " both."));
  }

  private static Introduction introduction(Room room, PeerInfo worker, Target target) {
    Account account = Account.of(target.access());
    String forced = target.choice().protocol();
    return new Introduction(
        worker,
        forced.equals(OWN_PROTOCOL) ? "" : forced,
        account.roomSecret(room.session().roomId()),
        account.channelKey());
  }

  /** Once more, where nobody ends the command for it. */
  private Peer again(Room room, PeerInfo worker) throws InterruptedException {
    try {
      return peer(room, worker);
    } catch (CommandFailure e) {
      throw new TransportException(e.getMessage(), e);
    }
  }

  private Peer peer(Room room, PeerInfo worker) throws InterruptedException {
    services
        .await(Transport.class, "", START)
        .orElseThrow(() -> missing("transport", "org.peerworks.transport.webrtc"));
    return new Routes(services).take(room, worker);
  }

  private static CommandFailure missing(String what, String bundle) {
    return CommandFailure.noConnection(
        "No "
            + what
            + " is running in this program. See its log for why the bundle '"
            + bundle
            + "' has not started.");
  }
}
